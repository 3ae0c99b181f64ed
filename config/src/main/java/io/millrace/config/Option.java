package io.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a section, declared once: its name, what may be written, what holds where it is not, and what it means. It is decoded by {@link
 * ConfigSection#find} and {@link ConfigSection#get}, and describes itself.
 *
 * <pre>{@code
 * static final Option<String> PATH = Option.text("path").required("The folder.");
 * static final Option<Mode> MODE = Option.choice("mode", Mode.class).byDefault(Mode.APPEND, "What becomes of rows that are there.");
 *
 * Optional<String> path = section.find(PATH);
 * Mode mode = section.get(MODE);
 * }</pre>
 *
 * @param <T> what it is decoded into
 */
public final class Option<T> {

    /** Reads the value of a key. */
    @FunctionalInterface
    public interface Reader<T> {

        /** Returns the value; empty where the key is absent, or its value is wrong, which is noted on the section. */
        Optional<T> read(ConfigSection section, String key);
    }

    private final OptionBuilder<T> declared;
    private final String standard;
    private final String meaning;
    private final @Nullable T byDefault;
    private final boolean required;

    Option(OptionBuilder<T> declared, String standard, String meaning, @Nullable T byDefault, boolean required) {
        this.declared = declared;
        this.standard = standard;
        this.meaning = meaning;
        this.byDefault = byDefault;
        this.required = required;
    }

    /** A text that is not blank. */
    public static OptionBuilder<String> text(String name) {
        return of(name, "text", ConfigSection::optionalString);
    }

    /** True or false. */
    public static OptionBuilder<Boolean> flag(String name) {
        return of(name, "true | false", ConfigSection::optionalBoolean);
    }

    /** A whole number of at least 1. */
    public static OptionBuilder<Integer> count(String name) {
        return of(name, "number", ConfigSection::optionalPositiveInt);
    }

    /** A duration, such as {@code 10s}. */
    public static OptionBuilder<Duration> duration(String name) {
        return of(name, "duration", ConfigSection::optionalDuration);
    }

    /** A number of bytes, such as {@code 128MB}. */
    public static OptionBuilder<Long> size(String name) {
        return of(name, "size", ConfigSection::optionalBytes);
    }

    /** One of an enum's constants, written in kebab-case. */
    public static <E extends Enum<E>> OptionBuilder<E> choice(String name, Class<E> type) {
        return choice(name, AllowedWords.kebab(type));
    }

    /** One of several words. */
    public static <T> OptionBuilder<T> choice(String name, AllowedWords<T> words) {
        return of(
                name,
                String.join(" | ", words.meanings().keySet()),
                (section, key) -> section.optionalWord(key, words));
    }

    /** A list of texts, none blank. */
    public static OptionBuilder<List<String>> texts(String name) {
        return of(name, "list of texts", (section, key) -> Optional.of(section.strings(key)));
    }

    /** An object of texts, under names of the user's. */
    public static OptionBuilder<Map<String, String>> textMap(String name) {
        return of(name, "object of texts", (section, key) -> Optional.of(section.stringMap(key)));
    }

    /**
     * Anything else.
     *
     * @param type what may be written, in words: {@code columns as in CREATE TABLE}
     */
    public static <T> OptionBuilder<T> of(String name, String type, Reader<T> reader) {
        return new OptionBuilder<>(name, type, reader);
    }

    /** Returns the key. */
    public String name() {
        return declared.name();
    }

    /** Returns what may be written, such as {@code text}, {@code list of texts}, {@code append | overwrite}. */
    public String type() {
        return declared.type();
    }

    /** Returns what holds where it is not written: the default's text, {@code required}, or empty for none. */
    public String standard() {
        return standard;
    }

    /** Returns what it means, in whole sentences. */
    public String meaning() {
        return meaning;
    }

    /** Returns whether its value is a secret. */
    public boolean secret() {
        return declared.isSecret();
    }

    Optional<T> find(ConfigSection section) {
        if (required && !section.has(name())) {
            section.problem(name(), "is missing");
        }
        return declared.reader().read(section, name());
    }

    T get(ConfigSection section) {
        if (byDefault == null) {
            throw new IllegalArgumentException("the option " + name() + " has no default");
        }
        return find(section).orElse(byDefault);
    }

    /** Writes a default as a configuration would. */
    static String written(Object value) {
        if (value instanceof Enum<?> constant) {
            return AllowedWords.kebab(constant);
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
        }
        boolean none = value instanceof Collection<?> values
                ? values.isEmpty()
                : value instanceof Map<?, ?> entries && entries.isEmpty();
        return none ? "" : value.toString();
    }
}
