package io.millrace.kafka.internal.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
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

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public Topics {
        names = List.copyOf(names);
        partitions = Map.copyOf(partitions);
    }

    /** Decodes the keys topic, topics, topic-pattern and assign, of which there must be exactly one. */
    public static Topics decode(ConfigSection value) {
        Optional<String> topic = value.optionalString("topic");
        List<String> topics = value.strings("topics");
        Optional<String> pattern = value.optionalString("topic-pattern");
        Map<String, List<Integer>> assigned = assigned(value);
        long given = List.of("topic", "topics", "topic-pattern", "assign").stream()
                .filter(value::has)
                .count();
        if (given != 1) {
            value.problem("needs exactly one of topic, topics, topic-pattern, assign");
        }
        pattern.ifPresent(written -> checkPattern(value, written));
        List<String> names = new ArrayList<>(topics);
        topic.ifPresent(names::add);
        names.addAll(new TreeMap<>(assigned).keySet());
        String key = value.has("topic") ? "topic" : value.has("topics") ? "topics" : "assign";
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
            value.problem("topic-pattern", "is not a regular expression: " + wrong.getMessage());
        }
    }

    private static Map<String, List<Integer>> assigned(ConfigSection value) {
        Map<String, List<Integer>> assigned = new LinkedHashMap<>();
        value.optionalSection("assign").ifPresent(section -> {
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
