package io.millrace.catalog;

import io.millrace.config.AllowedWords;

/** How the keys of settings, and the words they take, are written. Both spellings of a word are read everywhere; messages and pages use one. */
public enum Spelling {
    /** As in the JSON of entities: {@code onNullKey = deadLetter}. */
    CAMEL,
    /** As in all other settings: {@code on-null-key = dead-letter}. */
    KEBAB;

    /** Returns the word of an enum's constant. */
    public String word(Enum<?> constant) {
        return this == CAMEL ? AllowedWords.camel(constant) : AllowedWords.kebab(constant);
    }

    /** Returns the words of an enum. */
    public <E extends Enum<E>> AllowedWords<E> words(Class<E> type) {
        return this == CAMEL ? AllowedWords.camel(type) : AllowedWords.kebab(type);
    }
}
