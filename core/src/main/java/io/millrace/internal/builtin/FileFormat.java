package io.millrace.internal.builtin;

import java.util.Locale;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The file formats of the product {@code files}. */
public enum FileFormat {
    PARQUET,
    AVRO,
    ORC,
    JSON,
    CSV,
    TEXT;

    /** The columns of files in format text, which are one. */
    public static final StructType TEXT_COLUMNS = new StructType().add("value", DataTypes.StringType);

    /** Spark's name of it, and the configuration's. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a record in it may be malformed, so that records are decoded one by one. */
    boolean decoded() {
        return this == JSON || this == CSV;
    }
}
