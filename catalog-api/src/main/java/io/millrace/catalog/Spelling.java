package io.millrace.catalog;

import io.millrace.config.Vocabulary;

/** How the keys of settings, and the words they take, are written. Both spellings of a word are read everywhere; messages and pages use one. */
public enum Spelling {
    /** As in the JSON of entities: {@code onNullKey = deadLetter}. */
    CAMEL,
    /** As in all other settings: {@code on-null-key = dead-letter}. */
    KEBAB;

    /** Returns the word of an enum's constant. */
    public String word(Enum<?> constant) {
        return this == CAMEL ? Vocabulary.camel(constant) : Vocabulary.kebab(constant);
    }

    /** Returns the words of an enum. */
    public <E extends Enum<E>> Vocabulary<E> words(Class<E> type) {
        return this == CAMEL ? Vocabulary.camel(type) : Vocabulary.kebab(type);
    }
}
