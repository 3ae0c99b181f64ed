package io.millrace.kafka.internal.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which topics are read.
 *
 * @param names topics by name; empty where a pattern chooses
 * @param pattern a regular expression for whole names, or null
 * @param partitions for topics of which only some partitions are read
 */
public record Topics(List<String> names, @Nullable String pattern, Map<String, List<Integer>> partitions) {

    private static final Option<String> TOPIC = Option.text("topic")
            .optional("The topic. One of topic, topics, topic-pattern, assign; to write, this one.");
    private static final Option<List<String>> TOPICS = Option.texts("topics").byDefault(List.of(), "Several topics.");
    private static final Option<String> TOPIC_PATTERN = Option.text("topic-pattern")
            .as("regular expression")
            .optional("All topics whose whole name matches, those that are made later too.");
    private static final Option<Map<String, List<Integer>>> ASSIGN = Option.of(
                    "assign", "object of lists of numbers", (value, key) -> Optional.of(assigned(value, key)))
            .byDefault(Map.of(), "Some partitions only: { orders = [0, 1] }.");

    /** The options that say which topics are meant. */
    public static final List<Option<?>> OPTIONS = List.of(TOPIC, TOPICS, TOPIC_PATTERN, ASSIGN);

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public Topics {
        names = List.copyOf(names);
        partitions = Map.copyOf(partitions);
    }

    /** Decodes the keys topic, topics, topic-pattern and assign, of which there must be exactly one. */
    public static Topics decode(ConfigSection value) {
        Optional<String> topic = value.find(TOPIC);
        List<String> topics = value.get(TOPICS);
        Optional<String> pattern = value.find(TOPIC_PATTERN);
        Map<String, List<Integer>> assigned = value.get(ASSIGN);
        if (OPTIONS.stream().filter(value::has).count() != 1) {
            value.problem("needs exactly one of topic, topics, topic-pattern, assign");
        }
        pattern.ifPresent(written -> checkPattern(value, written));
        List<String> names = new ArrayList<>(topics);
        topic.ifPresent(names::add);
        names.addAll(new TreeMap<>(assigned).keySet());
        Option<?> key = value.has(TOPIC) ? TOPIC : value.has(TOPICS) ? TOPICS : ASSIGN;
        names.stream()
                .filter(name -> !LEGAL.matcher(name).matches())
                .forEach(name -> value.problem(
                        key,
                        "\"" + name + "\" is not the name of a topic: letters, digits, '.', '_' and '-', at most 249"));
        return new Topics(names, pattern.orElse(null), assigned);
    }

    /** Returns the topic where there is exactly one, as a sink needs it. */
    public Optional<String> single() {
        return names.size() == 1 && partitions.isEmpty() ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** Returns the subject under which the values of the one topic are registered, by the registry's own custom. */
    public Optional<String> valueSubject() {
        return names.size() == 1 ? Optional.of(names.get(0) + "-value") : Optional.empty();
    }

    Optional<Pattern> chosenByPattern() {
        return Optional.ofNullable(pattern).map(Pattern::compile);
    }

    /** {@code topic orders}, {@code topics a, b}, {@code topics matching dev.*}. */
    public String words() {
        if (pattern != null) {
            return "topics matching " + pattern;
        }
        if (!partitions.isEmpty()) {
            Map<String, List<Integer>> sorted = new TreeMap<>(partitions);
            List<String> words = new ArrayList<>();
            sorted.forEach((topic, numbers) -> words.add(topic + " " + numbers));
            return "partitions " + String.join(", ", words);
        }
        return (names.size() == 1 ? "topic " : "topics ") + String.join(", ", names);
    }

    private static void checkPattern(ConfigSection value, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            value.problem(TOPIC_PATTERN, "is not a regular expression: " + wrong.getMessage());
        }
    }

    private static Map<String, List<Integer>> assigned(ConfigSection value, String key) {
        Map<String, List<Integer>> assigned = new LinkedHashMap<>();
        value.optionalSection(key).ifPresent(section -> {
            for (String topic : section.keys()) {
                List<Integer> numbers = new ArrayList<>();
                for (JsonNode number : section.raw(topic).orElseThrow()) {
                    numbers.add(number.canConvertToInt() ? number.intValue() : -1);
                }
                if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number < 0)) {
                    section.problem(topic, "must be a list of partition numbers, such as [0, 1]");
                }
                assigned.put(topic, List.copyOf(numbers));
            }
        });
        return assigned;
    }
}
