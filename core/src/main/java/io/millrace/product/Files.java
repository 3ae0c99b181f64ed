package io.millrace.product;

import io.millrace.model.ModelBuilder;
import java.util.List;

/**
 * A model of product {@code files}: files in a folder, read or written. {@code millrace describe files} says more of each setting.
 *
 * <pre>{@code
 * Files.json("/data/inbox").schema("order_id BIGINT, price DECIMAL(10,2)")
 * }</pre>
 */
public final class Files extends ModelBuilder<Files> {

    private Files(String format, String path) {
        super("files");
        set("format", format);
        set("path", path);
    }

    /** Parquet files. */
    public static Files parquet(String path) {
        return new Files("parquet", path);
    }

    /** Avro files. */
    public static Files avro(String path) {
        return new Files("avro", path);
    }

    /** ORC files. */
    public static Files orc(String path) {
        return new Files("orc", path);
    }

    /** Files of JSON objects, one in each line where no option says otherwise. */
    public static Files json(String path) {
        return new Files("json", path);
    }

    /** CSV files. */
    public static Files csv(String path) {
        return new Files("csv", path);
    }

    /** Text files: one column, {@code value}, and a row for each line. */
    public static Files text(String path) {
        return new Files("text", path);
    }

    /** Says which columns there are, as in CREATE TABLE: {@code "id BIGINT NOT NULL, name STRING"}. */
    public Files schema(String columns) {
        return set("schema", columns);
    }

    /** Says which columns JSON has, as a JSON Schema. */
    public Files jsonSchema(String schema) {
        return set("json-schema", schema);
    }

    /** Says which columns JSON has: the file of a JSON Schema. */
    public Files jsonSchemaFile(String file) {
        return set("json-schema-file", file);
    }

    /** Says which columns JSON has, by objects from which Spark infers them. */
    public Files sample(String objects) {
        return set("sample", objects);
    }

    /** Says which columns JSON has: a file of objects from which Spark infers them. */
    public Files sampleFile(String file) {
        return set("sample-file", file);
    }

    /** Passes an option to Spark's reader and writer, such as {@code header} for CSV. */
    public Files option(String name, Object value) {
        return set("options", name, value);
    }

    /** Says how many new files one micro-batch of a stream takes at most. */
    public Files maxFilesPerTrigger(int files) {
        return set("max-files-per-trigger", files);
    }

    /** Names the columns whose values become folders when files are written. */
    public Files partitionBy(String... columns) {
        return set("partition-by", List.of(columns));
    }

    /** Keeps the files that are there when others are written; so it is where nothing is said. */
    public Files append() {
        return set("save-mode", "append");
    }

    /** Replaces the files that are there when others are written. */
    public Files overwrite() {
        return set("save-mode", "overwrite").set("overwrite", "static");
    }

    /** Replaces the files in the folders that a batch has rows for; their columns are named by {@link #partitionBy}. */
    public Files overwritePartitions() {
        return set("save-mode", "overwrite").set("overwrite", "dynamic");
    }

    /** Says how large the files are to be that a batch writes, such as {@code 128MB}. */
    public Files targetFileSize(String size) {
        return set("target-file-size", size);
    }
}
