package io.millrace.catalog;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words of our enums as the JSON of models writes them: camelCase, read in any case. */
final class JsonWord {

    private JsonWord() {}

    static String of(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            String lower = part.toLowerCase(Locale.ROOT);
            word.append(word.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return word.toString();
    }

    static <E extends Enum<E>> Optional<E> find(String word, Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> of(constant).equalsIgnoreCase(word))
                .findFirst();
    }

    static <E extends Enum<E>> String unknown(String word, Class<E> type) {
        List<String> known =
                Stream.of(type.getEnumConstants()).map(JsonWord::of).toList();
        return "unknown value \"" + word + "\"; " + Suggestion.among(word, known);
    }

    /** Reads an optional key; what is no word of the enum becomes a problem, and empty. */
    static <E extends Enum<E>> Optional<E> optional(ConfigSection section, String key, Class<E> type) {
        Optional<String> word = section.optionalString(key);
        Optional<E> found = word.flatMap(written -> find(written, type));
        if (word.isPresent() && found.isEmpty()) {
            section.problem(key, unknown(word.get(), type));
        }
        return found;
    }
}
