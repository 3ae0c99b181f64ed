package io.millrace.catalog;

import io.millrace.config.AllowedWords;
import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats an entity may ask for. */
public enum EntityFormat {
    /** Parquet files. */
    PARQUET("Parquet"),
    /** A Delta table. */
    DELTA("Delta"),
    /** An Iceberg table. */
    ICEBERG("Iceberg");

    private final String text;

    EntityFormat(String text) {
        this.text = text;
    }

    /**
     * Returns the format of that name, in any case.
     *
     * @throws MillraceException of kind USER where there is none
     */
    public static EntityFormat of(String name) {
        return find(name).orElseThrow(() -> MillraceException.user(unknown(name)));
    }

    /** Returns the name as the entity protocol writes it. */
    @Override
    public String toString() {
        return text;
    }

    static Optional<EntityFormat> find(String name) {
        return Stream.of(values())
                .filter(format -> AllowedWords.same(format.text, name))
                .findFirst();
    }

    static String unknown(String name) {
        return "unknown format \"" + name + "\"; "
                + Suggestion.among(
                        name, Stream.of(values()).map(EntityFormat::toString).toList());
    }
}
