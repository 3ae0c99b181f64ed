package io.millrace.product;

import io.millrace.model.ModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model of product {@code backup}: events of topics in files whose names say of which day and partition they are. {@code millrace describe backup} says
 * more of each setting.
 *
 * <pre>{@code
 * Backup.json("/data/backup").filePattern("{partition}/{kafkaPartition}-{currentTimestamp}.json").schema("eid STRING, ets BIGINT")
 * }</pre>
 */
public final class Backup extends ModelBuilder<Backup> {

    private final List<Object> filters = new ArrayList<>();
    private final List<Object> sort = new ArrayList<>();

    private Backup(String format, String path) {
        super("backup");
        set("path", path);
        set("format", format);
    }

    /** Events that are read as columns. */
    public static Backup json(String path) {
        return new Backup("json", path);
    }

    /** Events that are read as they are, in the column {@code value}. */
    public static Backup text(String path) {
        return new Backup("text", path);
    }

    /** Says how the files are called, such as {@code {partition}-{kafkaPartition}-{currentTimestamp}.json}. */
    public Backup filePattern(String pattern) {
        return set("file-pattern", pattern);
    }

    /** Says how days are written in names, such as {@code yyyy-MM-dd}. */
    public Backup datePattern(String pattern) {
        return set("date-pattern", pattern);
    }

    /** Says what stands in front of the pattern in all names. */
    public Backup prefix(String prefix) {
        return set("prefix", prefix);
    }

    /** Leaves out files whose names begin so. */
    public Backup excludePrefix(String prefix) {
        return set("exclude-prefix", prefix);
    }

    /** Says which columns there are, as in CREATE TABLE: {@code "eid STRING, ets BIGINT"}. */
    public Backup schema(String columns) {
        return set("schema", columns);
    }

    /** Says which columns there are, as a JSON Schema. */
    public Backup jsonSchema(String schema) {
        return set("json-schema", schema);
    }

    /** Says which columns there are: the file of a JSON Schema. */
    public Backup jsonSchemaFile(String file) {
        return set("json-schema-file", file);
    }

    /** Says which columns there are, by objects from which Spark infers them. */
    public Backup sample(String objects) {
        return set("sample", objects);
    }

    /** Says which columns there are: a file of objects from which Spark infers them. */
    public Backup sampleFile(String file) {
        return set("sample-file", file);
    }

    /** Reads from a day on, such as {@code 2024-01-03}, where a run is for no date. */
    public Backup startDate(String day) {
        return set("start-date", day);
    }

    /** Reads up to a day, where a run is for no date. */
    public Backup endDate(String day) {
        return set("end-date", day);
    }

    /** Reads some days before the last one, too, in place of a start. */
    public Backup delta(int days) {
        return set("delta", days);
    }

    /** Reads some partitions of the topic, such as {@code 0,3,8-15}. */
    public Backup partitions(String list) {
        return set("partitions", list);
    }

    /** Gives events a column for the partition of the topic that each was in. */
    public Backup partitionColumn(String name) {
        return set("partition-column", name);
    }

    /** Reads only events for which a condition holds; several are all to hold. */
    public Backup filter(String column, String operator, String... values) {
        filters.add(Map.of("column", column, "operator", operator, "value", List.of(values)));
        return set("filters", filters);
    }

    /** Sorts what is read, by several columns in the order in which they are named. */
    public Backup sort(String column) {
        sort.add(Map.of("column", column));
        return set("sort", sort);
    }

    /** Says of which day an event is that is written: an expression in SQL. */
    public Backup date(String sql) {
        return set("date", sql);
    }

    /** Says how large a file may grow that is written, such as {@code 100MB}. */
    public Backup maxFileSize(String size) {
        return set("max-file-size", size);
    }

    /** Says what {@code {generation}} stands for in names. */
    public Backup generation(int number) {
        return set("generation", number);
    }

    /** Passes an option to Spark's reader and writer, such as {@code compression} = {@code gzip}. */
    public Backup option(String name, Object value) {
        return set("options", name, value);
    }
}
