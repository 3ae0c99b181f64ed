package io.millrace.builtin;

import java.util.Locale;

/** The file formats of the product {@code files}. */
enum FileFormat {
    PARQUET,
    AVRO,
    ORC,
    JSON,
    CSV,
    TEXT;

    /** Spark's name of it, and the configuration's. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a record in it may be malformed, so that records are decoded one by one. */
    boolean decoded() {
        return this == JSON || this == CSV;
    }
}
