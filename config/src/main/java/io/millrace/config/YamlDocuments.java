package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.YamlNode.Entry;
import io.millrace.config.YamlNode.Mapping;
import io.millrace.config.YamlNode.Scalar;
import io.millrace.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The documents of one text, built from the parser's events, so that what is too much is refused when it is met. Reads once. */
final class YamlDocuments {

    /** How many values aliases may stand for, of a text that has as many of its own as its size allows. */
    static final int MOST_ALIASED = 100_000;

    static final int DEEPEST = 64;

    private static final String MERGE = "<<";

    private final String name;
    private final Problems problems = new Problems();
    private final YamlScalars scalars = new YamlScalars();
    /** A null is an anchor whose node is not complete. */
    private final Map<String, @Nullable YamlNode> anchors = new HashMap<>();

    private Iterator<Event> events = List.<Event>of().iterator();
    private long aliased;

    YamlDocuments(String name) {
        this.name = name;
    }

    List<ConfigDocument> read(String text) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
            events = new Parse(settings).parseString(text).iterator();
            return documents();
        } catch (MarkedYamlEngineException notYaml) {
            Location at = notYaml.getProblemMark().map(this::place).orElse(new Location(name, 0, 0));
            throw MillraceException.user(List.of(new Problem(at, "", YamlErrors.explained(notYaml))), notYaml);
        } catch (YamlEngineException notYaml) {
            throw MillraceException.user(name + ": not YAML: " + notYaml.getMessage(), notYaml);
        }
    }

    private List<ConfigDocument> documents() {
        List<ConfigDocument> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                document(node(events.next(), 1, "")).ifPresent(documents::add);
            }
        }
        problems.throwIfAny();
        return documents;
    }

    private Optional<ConfigDocument> document(YamlNode root) {
        if (root instanceof Mapping mapping) {
            return Optional.of(YamlTree.document(mapping));
        }
        if (!(root instanceof Scalar scalar) || !scalar.value().isNull()) {
            String kind = root instanceof Sequence ? "a list" : "a single value";
            problem(root.place(), "", "a document must be an object of keys and values, not " + kind);
        }
        return Optional.empty();
    }

    private YamlNode node(Event event, int depth, String path) {
        Location place = place(event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, depth, place);
        }
        if (depth > DEEPEST) {
            throw refused(place, "is nested more than " + DEEPEST + " levels deep");
        }
        Optional<String> anchor = ((NodeEvent) event).getAnchor().map(Object::toString);
        anchor.ifPresent(each -> anchors.put(each, null));
        YamlNode node = event instanceof ScalarEvent scalar
                ? new Scalar(scalar(scalar, place, path), place)
                : collection((CollectionStartEvent) event, depth, place, path);
        anchor.ifPresent(each -> anchors.put(each, node));
        return node;
    }

    private YamlNode aliased(AliasEvent event, int depth, Location place) {
        String alias = event.getAlias().toString();
        YamlNode node = anchors.get(alias);
        if (node == null) {
            String why = anchors.containsKey(alias)
                    ? " stands within what it stands for"
                    : " has no anchor before it; write &" + alias + " before the value it stands for";
            throw refused(place, "the alias *" + alias + why);
        }
        aliased += node.size();
        if (aliased > MOST_ALIASED) {
            throw refused(
                    place,
                    "the alias *" + alias + " is one too many: aliases may stand for " + MOST_ALIASED
                            + " values in all, written out");
        }
        if (depth + node.depth() - 1 > DEEPEST) {
            throw refused(place, "is nested more than " + DEEPEST + " levels deep");
        }
        return node;
    }

    private JsonNode scalar(ScalarEvent event, Location place, String path) {
        event.getTag().ifPresent(tag -> tagged(tag, place, path));
        return event.isPlain() ? scalars.plain(event.getValue()) : JsonNodeFactory.instance.textNode(event.getValue());
    }

    private YamlNode collection(CollectionStartEvent event, int depth, Location place, String path) {
        event.getTag().ifPresent(tag -> tagged(tag, place, path));
        return event instanceof MappingStartEvent ? mapping(depth, place, path) : sequence(depth, place, path);
    }

    private YamlNode sequence(int depth, Location place, String path) {
        List<YamlNode> elements = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            elements.add(node(event, depth + 1, ConfigPath.element(path, elements.size())));
        }
        return Sequence.of(elements, place);
    }

    private YamlNode mapping(int depth, Location place, String path) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<YamlNode> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Location at = place(event);
            String key = key(event, depth, at, path);
            YamlNode value = node(events.next(), depth + 1, ConfigPath.child(path, key));
            if (key.equals(MERGE) && ((ScalarEvent) event).isPlain()) {
                merged.add(value);
            } else {
                Entry first = entries.putIfAbsent(key, new Entry(value, at));
                if (first != null) {
                    problem(
                            at,
                            ConfigPath.child(path, key),
                            "is written twice, first in line " + first.place().line());
                }
            }
        }
        merged.forEach(each -> merge(each, entries, path));
        return Mapping.of(entries, place);
    }

    private String key(Event event, int depth, Location place, String path) {
        if (event instanceof ScalarEvent scalar) {
            if (scalar.getValue().isBlank()) {
                problem(place, path, "a key must not be blank");
            }
            return scalar.getValue();
        }
        if (event instanceof AliasEvent) {
            throw refused(place, "a key must be a text, not an alias");
        }
        throw refused(node(event, depth + 1, path).place(), "a key must be a text, not a list or an object");
    }

    /** Takes over what is not written in the object itself. */
    private void merge(YamlNode value, Map<String, Entry> into, String path) {
        if (value instanceof Mapping mapping) {
            mapping.entries().forEach(into::putIfAbsent);
        } else if (value instanceof Sequence sequence
                && sequence.elements().stream().allMatch(Mapping.class::isInstance)) {
            sequence.elements().forEach(each -> merge(each, into, path));
        } else {
            problem(value.place(), ConfigPath.child(path, MERGE), "must be an object, or a list of objects");
        }
    }

    private void tagged(String tag, Location place, String path) {
        problem(place, path, "has the tag \"" + tag + "\"; tags are not read, remove it");
    }

    private void problem(Location place, String path, String message) {
        problems.add(new Problem(place, path, message));
    }

    private MillraceException refused(Location place, String message) {
        return MillraceException.user(List.of(new Problem(place, "", message)));
    }

    private Location place(Event event) {
        return place(Objects.requireNonNull(event.getStartMark().orElse(null), "marks are on"));
    }

    private Location place(Mark mark) {
        return new Location(name, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
