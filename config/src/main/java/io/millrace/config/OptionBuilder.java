package io.millrace.config;

/**
 * An {@link Option} of which is yet to be said what holds where it is not written.
 *
 * @param <T> what it is decoded into
 */
public final class OptionBuilder<T> {

    private final String name;
    private String type;
    private final Option.Reader<T> reader;
    private boolean secret;

    OptionBuilder(String name, String type, Option.Reader<T> reader) {
        this.name = name;
        this.type = type;
        this.reader = reader;
    }

    /** Says what may be written, in other words. */
    public OptionBuilder<T> as(String words) {
        this.type = words;
        return this;
    }

    /** Says that its value is a secret. */
    public OptionBuilder<T> secret() {
        this.secret = true;
        return this;
    }

    /** It must be written. */
    public Option<T> required(String meaning) {
        return new Option<>(this, "required", meaning(meaning), null, true);
    }

    /** Where it is not written, this holds. */
    public Option<T> byDefault(T value, String meaning) {
        return new Option<>(this, Option.written(value), meaning(meaning), value, false);
    }

    /** It may be left out. */
    public Option<T> optional(String meaning) {
        return otherwise("", meaning);
    }

    /**
     * It may be left out.
     *
     * @param standard what holds then, in words
     */
    public Option<T> otherwise(String standard, String meaning) {
        return new Option<>(this, standard, meaning(meaning), null, false);
    }

    private String meaning(String meaning) {
        return secret ? meaning + " Shown nowhere." : meaning;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    Option.Reader<T> reader() {
        return reader;
    }

    boolean isSecret() {
        return secret;
    }
}
