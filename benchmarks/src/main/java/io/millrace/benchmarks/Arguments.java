package io.millrace.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a benchmark is told: words of the form {@code name=value}.
 *
 * @param values every name the benchmark knows, with its default where nothing was said
 */
record Arguments(Map<String, String> values) {

    Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException where one is not of that form, or its name is not among the defaults
     */
    static Arguments of(String[] words, Map<String, String> defaults) {
        Map<String, String> values = new TreeMap<>(defaults);
        for (String word : words) {
            int split = word.indexOf('=');
            if (split < 0 || !defaults.containsKey(word.substring(0, split))) {
                throw new IllegalArgumentException("unknown argument " + word + "; known, each as name=value: "
                        + new TreeMap<>(defaults).keySet());
            }
            values.put(word.substring(0, split), word.substring(split + 1));
        }
        return new Arguments(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no argument is named " + name);
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** Returns numbers that are written with commas between them; none for nothing. */
    List<Integer> numbers(String name) {
        return Pattern.compile(",")
                .splitAsStream(text(name))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }
}
