package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One object of a configuration, decoded key by key.
 *
 * <p>A wrong or missing value never throws: it is noted as a {@link Problem} and the accessor returns a placeholder (an empty string, zero,
 * an empty optional). {@link #build} then makes the record only if the section and all sections below it were right, and reports every key
 * nobody asked for. So one pass over a text finds everything that is wrong with it.
 *
 * <pre>{@code
 * Optional<Expectation> expectation = section.build(() -> new Expectation(name, that, otherwise));
 * }</pre>
 *
 * <p>Accessors whose name starts with {@code optional} treat an absent key and a null as absent. Not for use by several threads.
 */
public final class ConfigSection {

    private final ObjectNode node;
    private final String path;
    private final SourceMap sources;
    private final Problems problems;
    private final @Nullable ConfigSection parent;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> guessed = new LinkedHashSet<>();
    private boolean failed;

    private ConfigSection(
            ObjectNode node, String path, SourceMap sources, Problems problems, @Nullable ConfigSection parent) {
        this.node = node;
        this.path = path;
        this.sources = sources;
        this.problems = problems;
        this.parent = parent;
    }

    /** Starts at the root of a tree. */
    public static ConfigSection root(ObjectNode tree, SourceMap sources, Problems problems) {
        return new ConfigSection(tree, "", sources, problems, null);
    }

    /** Starts at an object that lies at {@code path} of the text described by {@code sources}. */
    public static ConfigSection at(String path, ObjectNode tree, SourceMap sources, Problems problems) {
        return new ConfigSection(tree, path, sources, problems, null);
    }

    /** Returns the path of this section; empty for the root. */
    public String path() {
        return path;
    }

    /** Returns the path of a key of this section. */
    public String path(String key) {
        return ConfigPath.child(path, key);
    }

    /** Returns the keys that are written, in their order. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Returns whether the key is written and not null. */
    public boolean has(String key) {
        asked.add(key);
        return node.hasNonNull(key);
    }

    /**
     * Answers a key that users write who guess, instead of calling it unknown. It is not among the keys that are known.
     *
     * @param answer what they are told to write, such as {@code write save-mode}
     */
    public void instead(String guess, String answer) {
        if (node.has(guess)) {
            guessed.add(guess);
            note(path(guess), answer);
        }
    }

    /** Answers several, by the keys that users guess, in the order in which they are written. */
    public void instead(Map<String, String> answers) {
        for (String key : keys()) {
            String answer = answers.get(key);
            if (answer != null) {
                instead(key, answer);
            }
        }
    }

    /** Notes that something is wrong with a key. */
    public void problem(String key, String message) {
        note(path(key), message);
    }

    /** Notes that something is wrong with the section as a whole. */
    public void problem(String message) {
        note(path, message);
    }

    /** Notes everything an exception says is wrong: at its own places, else at the section as a whole. */
    public void problem(MillraceException refused) {
        problems.addAll(refused, path, sources);
        fail();
    }

    /** Returns the value of an option; empty where it is not written, or wrong, which is noted, as it is that a required one is missing. */
    public <T> Optional<T> find(Option<T> option) {
        return option.find(this);
    }

    /**
     * Returns the value of an option that has a default, which stands in for one that is not written, or wrong, too.
     *
     * @throws IllegalArgumentException where the option has none
     */
    public <T> T get(Option<T> option) {
        return option.get(this);
    }

    /** Returns whether an option is written and not null. */
    public boolean has(Option<?> option) {
        return has(option.name());
    }

    /** Notes that something is wrong with an option. */
    public void problem(Option<?> option, String message) {
        problem(option.name(), message);
    }

    /** Returns a required text that is not blank. Numbers and booleans count as text, as in HOCON. */
    public String string(String key) {
        Optional<String> value = optionalString(key);
        if (value.isEmpty() && !has(key)) {
            problem(key, "is missing");
        }
        return value.orElse("");
    }

    /** Returns a text that, where written, is not blank. */
    public Optional<String> optionalString(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isValueNode()) {
            problem(key, "must be a text, not " + kind(value));
            return Optional.empty();
        }
        if (value.asText().isBlank()) {
            problem(key, "must not be blank");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    /** Returns a whole number. */
    public Optional<Long> optionalLong(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        Optional<Long> number = WrittenNumber.whole(value);
        if (number.isEmpty()) {
            problem(key, "must be a whole number, not " + shown(value));
        }
        return number;
    }

    /** Returns a whole number of at least 1. */
    public Optional<Integer> optionalPositiveInt(String key) {
        Optional<Long> number = optionalLong(key);
        if (number.isPresent() && (number.get() < 1 || number.get() > Integer.MAX_VALUE)) {
            problem(key, "must be a whole number from 1 to " + Integer.MAX_VALUE + ", not " + number.get());
            return Optional.empty();
        }
        return number.map(Long::intValue);
    }

    /** Returns a number. */
    public Optional<Double> optionalDouble(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        Optional<Double> number = WrittenNumber.decimal(value).map(BigDecimal::doubleValue);
        if (number.isEmpty()) {
            problem(key, "must be a number, not " + shown(value));
        }
        return number;
    }

    /** Returns a boolean: true or false, and HOCON's yes, no, on, off. */
    public Optional<Boolean> optionalBoolean(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (value.isTextual()) {
            switch (value.textValue().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> {
                    return Optional.of(true);
                }
                case "false", "no", "off" -> {
                    return Optional.of(false);
                }
                default -> {
                    // reported below, with the value
                }
            }
        }
        problem(key, "must be true or false, not " + shown(value));
        return Optional.empty();
    }

    /** Returns a duration that is not negative, such as {@code 10s} or {@code 2 minutes}; a bare number is milliseconds. */
    public Optional<Duration> optionalDuration(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (value.isValueNode()) {
            try {
                Duration duration = ConfigFactory.empty()
                        .withValue("duration", ConfigValueFactory.fromAnyRef(value.asText()))
                        .getDuration("duration");
                if (!duration.isNegative()) {
                    return Optional.of(duration);
                }
            } catch (ConfigException notADuration) {
                // reported below, with the value
            }
        }
        problem(key, "must be a duration such as 10s or 2 minutes, not " + shown(value));
        return Optional.empty();
    }

    /** Returns a number of bytes of at least 1, written as {@link ByteSize} reads it. */
    public Optional<Long> optionalBytes(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        Optional<Long> bytes = value.isValueNode() ? ByteSize.parse(value.asText()) : Optional.empty();
        if (bytes.isEmpty()) {
            problem(key, "must be a size such as 128MB, not " + shown(value));
        }
        return bytes;
    }

    /** Returns one of an enum's constants, written in kebab-case as {@link AllowedWords} reads words ({@code dead-letter} is {@code DEAD_LETTER}). */
    public <E extends Enum<E>> Optional<E> optionalEnum(String key, Class<E> type) {
        return optionalWord(key, AllowedWords.kebab(type));
    }

    /** Returns what a word stands for. */
    public <T> Optional<T> optionalWord(String key, AllowedWords<T> words) {
        Optional<String> written = optionalString(key);
        Optional<T> meaning = written.flatMap(words::find);
        if (written.isPresent() && meaning.isEmpty()) {
            problem(key, words.unknown(written.get()));
        }
        return meaning;
    }

    /** Returns a list of texts, none blank; empty where the key is absent. */
    public List<String> strings(String key) {
        List<String> values = new ArrayList<>();
        int index = 0;
        for (JsonNode element : list(key, "")) {
            String at = ConfigPath.element(path(key), index++);
            if (!element.isValueNode() || element.isNull()) {
                note(at, "must be a text, not " + kind(element));
            } else if (element.asText().isBlank()) {
                note(at, "must not be blank");
            } else {
                values.add(element.asText());
            }
        }
        return values;
    }

    /** Returns an object of texts, such as options that are passed through; empty where the key is absent. Nested keys are joined by dots. */
    public Map<String, String> stringMap(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        optionalSection(key).ifPresent(section -> section.flatten("", values));
        return values;
    }

    /** Returns the object under a required key; an empty one after noting that it is missing or is no object. */
    public ConfigSection section(String key) {
        return section(key, "");
    }

    /**
     * Returns the object under a required key; an empty one after noting that it is missing or is no object.
     *
     * @param example the object, for these messages; empty for none
     */
    public ConfigSection section(String key, String example) {
        if (!has(key)) {
            problem(key, "is missing" + writing(example));
        }
        return optionalSection(key, example)
                .orElseGet(() -> new ConfigSection(
                        JsonNodeFactory.instance.objectNode(), path(key), sources, new Problems(), this));
    }

    /** Returns the object under a key. */
    public Optional<ConfigSection> optionalSection(String key) {
        return optionalSection(key, "");
    }

    private Optional<ConfigSection> optionalSection(String key, String example) {
        return has(key) ? sectionOf(node.get(key), path(key), example) : Optional.empty();
    }

    /** Returns the objects of a list; empty where the key is absent. */
    public List<ConfigSection> sections(String key) {
        return sections(key, "");
    }

    /**
     * Returns the objects of a list; empty where the key is absent.
     *
     * @param example one of the objects, for messages about something else in their place; empty for none
     */
    public List<ConfigSection> sections(String key, String example) {
        List<ConfigSection> sections = new ArrayList<>();
        int index = 0;
        for (JsonNode element : list(key, example)) {
            sectionOf(element, ConfigPath.element(path(key), index++), example).ifPresent(sections::add);
        }
        return sections;
    }

    /** Returns the objects of an object, by their keys and in their order; empty where the key is absent. */
    public Map<String, ConfigSection> namedSections(String key) {
        Map<String, ConfigSection> sections = new LinkedHashMap<>();
        optionalSection(key).ifPresent(section -> section.keys()
                .forEach(name -> section.optionalSection(name).ifPresent(child -> sections.put(name, child))));
        return sections;
    }

    /** Returns a value as it is written, for somebody else to decode. */
    public Optional<JsonNode> raw(String key) {
        return has(key) ? Optional.of(node.get(key)) : Optional.empty();
    }

    /** Returns this section as it is written, for somebody else to decode; all its keys count as asked for. */
    public ObjectNode raw() {
        asked.addAll(keys());
        return node;
    }

    /** Says that keys nobody asks for are right here: the section holds a user's own names. */
    public void acceptOtherKeys() {
        asked.addAll(keys());
    }

    /**
     * Decodes the whole section into a record, one key (in kebab-case) for each component. Components may be text, numbers, booleans,
     * {@link Duration}, enums, records, {@link Optional} of those, lists of text or of records, and {@code Map<String, String>}; what is not Optional, a
     * list or a map is required.
     */
    public <R extends Record> Optional<R> record(Class<R> type) {
        return ComponentDecoder.decode(this, type);
    }

    /**
     * Ends the decoding of this section.
     *
     * @param factory makes the record; an {@link IllegalArgumentException} it throws becomes a problem of this section, and so do the
     *     problems of a {@link MillraceException}: paths without a place start at this section
     * @return the record, or empty where this section or one below it has problems (they are noted)
     */
    public <T> Optional<T> build(Supplier<T> factory) {
        rejectOtherKeys();
        if (failed) {
            return Optional.empty();
        }
        try {
            return Optional.of(factory.get());
        } catch (IllegalArgumentException refused) {
            problem(String.valueOf(refused.getMessage()));
        } catch (MillraceException refused) {
            keep(refused);
        }
        return Optional.empty();
    }

    /** Problems without a place are a record's own: their paths start at this section. */
    private void keep(MillraceException refused) {
        if (refused.problems().isEmpty()) {
            problem(refused.getMessage());
        }
        for (Problem problem : refused.problems()) {
            if (problem.place() != null) {
                problems.add(problem);
            } else if (problem.path().isEmpty()) {
                problem(problem.message());
            } else {
                note(path.isEmpty() ? problem.path() : path + "." + problem.path(), problem.message());
            }
        }
        fail();
    }

    private void rejectOtherKeys() {
        for (String key : keys()) {
            if (!asked.contains(key) && !guessed.contains(key)) {
                problem(
                        key,
                        "unknown key; "
                                + asked.stream()
                                        .filter(known -> AllowedWords.same(known, key))
                                        .findFirst()
                                        .map(known -> "write " + known)
                                        .orElseGet(() -> Suggestion.among(key, asked)));
            }
        }
    }

    private Optional<ConfigSection> sectionOf(JsonNode value, String at, String example) {
        if (value instanceof ObjectNode object) {
            return Optional.of(new ConfigSection(object, at, sources, problems, this));
        }
        note(at, "must be an object { … }, not " + kind(value) + writing(example));
        return Optional.empty();
    }

    private static String writing(String example) {
        return example.isEmpty() ? "" : "; write " + example;
    }

    private Iterable<JsonNode> list(String key, String example) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = node.get(key);
        if (value.isArray()) {
            return value;
        }
        String form = example.isEmpty() ? "" : "[ " + example + " ]";
        problem(key, "must be a list [ … ], not " + kind(value) + writing(form));
        return List.of();
    }

    private void flatten(String prefix, Map<String, String> into) {
        for (String key : keys()) {
            asked.add(key);
            JsonNode value = node.get(key);
            if (value.isObject()) {
                optionalSection(key).ifPresent(child -> child.flatten(prefix + key + ".", into));
            } else if (value.isArray()) {
                problem(key, "must be a text, not " + kind(value));
            } else if (!value.isNull()) {
                into.put(prefix + key, value.asText());
            }
        }
    }

    private void note(String at, String message) {
        problems.add(sources.problem(at, message));
        fail();
    }

    private void fail() {
        for (ConfigSection section = this; section != null; section = section.parent) {
            section.failed = true;
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case NULL, MISSING -> "null";
            default -> shown(value);
        };
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? '"' + value.textValue() + '"' : value.toString();
    }
}
