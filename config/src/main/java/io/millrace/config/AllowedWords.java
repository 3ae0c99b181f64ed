package io.millrace.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words one of which a setting takes, each with what it stands for. They are read in any case, with or without hyphens and underscores: {@code
 * dead-letter}, {@code deadLetter} and {@code DEAD_LETTER} are one word.
 *
 * @param meanings by the words as messages and pages write them, in their order
 * @param guesses words that users write who guess, each with what they are told to write
 */
public record AllowedWords<T>(Map<String, T> meanings, Map<String, String> guesses) {

    /** Copies the maps. */
    public AllowedWords {
        meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
        guesses = Collections.unmodifiableMap(new LinkedHashMap<>(guesses));
    }

    /** Words, and an answer to no guess. */
    public AllowedWords(Map<String, T> meanings) {
        this(meanings, Map.of());
    }

    /** Returns the same with answers to words that users guess. */
    public AllowedWords<T> answering(Map<String, String> answers) {
        return new AllowedWords<>(meanings, answers);
    }

    /** The constants of an enum, written in kebab-case: {@code dead-letter}. */
    public static <E extends Enum<E>> AllowedWords<E> kebab(Class<E> type) {
        return kebab(List.of(type.getEnumConstants()));
    }

    /** Some constants of an enum, in this order, written in kebab-case. */
    public static <E extends Enum<E>> AllowedWords<E> kebab(List<E> constants) {
        Map<String, E> words = new LinkedHashMap<>();
        constants.forEach(each -> words.put(kebab(each), each));
        return new AllowedWords<>(words);
    }

    /** The constants of an enum, written in camelCase: {@code deadLetter}. */
    public static <E extends Enum<E>> AllowedWords<E> camel(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Stream.of(type.getEnumConstants()).forEach(each -> words.put(camel(each), each));
        return new AllowedWords<>(words);
    }

    /** Words that stand for themselves. */
    public static AllowedWords<String> of(Collection<String> words) {
        Map<String, String> themselves = new LinkedHashMap<>();
        words.forEach(each -> themselves.put(each, each));
        return new AllowedWords<>(themselves);
    }

    /** Returns the word of a constant in kebab-case. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the word of a constant in camelCase. */
    public static String camel(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }

    /** Returns whether two words differ at most in their case, hyphens and underscores. */
    public static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /** Returns what a word stands for; empty for one that is not known. */
    public Optional<T> find(String written) {
        return meanings.entrySet().stream()
                .filter(each -> same(each.getKey(), written.strip()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns what is wrong with a word that is not known, and which are. */
    public String unknown(String written) {
        return "unknown value \"" + written + "\"; "
                + new AllowedWords<>(guesses)
                        .find(written)
                        .orElseGet(() -> Suggestion.among(written, meanings.keySet()));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
