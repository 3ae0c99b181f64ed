package io.millrace.catalog;

import io.millrace.config.AllowedWords;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.util.List;

/** What a write does to the rows that are there already. The words are Spark's. */
public enum SaveMode {
    /** Keeps them and adds the new ones. */
    APPEND,
    /** Replaces them. */
    OVERWRITE,
    /** Keeps them and drops the new ones, where there are any. */
    IGNORE,
    /** Fails, where there are any. */
    ERROR_IF_EXISTS;

    /**
     * Returns the mode of that name, in any case, with or without hyphens.
     *
     * @throws MillraceException of kind USER where there is none
     */
    public static SaveMode of(String name) {
        AllowedWords<SaveMode> words = AllowedWords.camel(SaveMode.class);
        return words.find(name)
                .orElseThrow(() -> MillraceException.user(List.of(new Problem(null, "saveMode", words.unknown(name)))));
    }

    /** Returns the name as models write it and as Spark understands it: append, overwrite, ignore, errorIfExists. */
    @Override
    public String toString() {
        return AllowedWords.camel(this);
    }
}
