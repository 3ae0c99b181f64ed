package io.millrace.kafka.internal.encode;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.spark.rows.RowJson;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.kafka.internal.registry.RegistrySettings;
import io.millrace.spi.BatchId;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * How rows become records.
 *
 * @param format of the value
 * @param keyExpression an expression in SQL over the row; null for records without a key
 * @param headers expressions in SQL by header
 * @param registered how values name their schema; null where they do not
 */
public record Encoding(
        Format format,
        @Nullable String keyExpression,
        Map<String, String> headers,
        @Nullable ValueEncoding registered) {

    /** The header by which readers tell a record that was sent again. */
    public static final String ID = "millrace-id";

    /** How the value is written. */
    enum Format {
        /** All columns as one JSON object, nulls included. */
        JSON,
        /** The column value, a text. */
        STRING,
        /** The column value, bytes. */
        BINARY,
        /** All columns as an Avro record, after the id of its schema. */
        CONFLUENT_AVRO
    }

    /** The key of a record that is written. */
    public static final Option<String> KEY = Option.text("key")
            .as("expression in SQL")
            .optional("The key of a record that is written; without it there is none.");
    /** The headers of a record that is written. */
    public static final Option<Map<String, String>> HEADERS = Option.textMap("headers")
            .as("object of expressions in SQL")
            .byDefault(Map.of(), "Headers of a record that is written.");

    private static final Option<Format> FORMAT = Option.choice("format", Format.class)
            .byDefault(
                    Format.JSON,
                    "The value of a record that is written: all columns as a JSON object, or the column value as text or bytes, or all columns as Avro"
                            + " after the id of its schema, which is registered.");
    private static final Option<RegistrySettings> REGISTRY = Option.of(
                    "registry", "as decode.registry", (section, key) -> RegistrySettings.in(section))
            .otherwise("required for confluent-avro", "Where the schema is registered.");
    private static final Option<String> SUBJECT =
            Option.text("subject").otherwise("TOPIC-value", "The subject under which the schema is registered.");
    private static final Option<String> RECORD =
            Option.text("record").byDefault("Record", "The name of the Avro record, such as shop.Order.");

    /** The options of {@code encode}. */
    public static final List<OptionDescription> OPTIONS = OptionDescription.of(FORMAT, REGISTRY, SUBJECT, RECORD);

    public Encoding {
        headers = Map.copyOf(headers);
    }

    /** Returns what is to be found in the rows: what the key and the headers are made of, and the value where it is one column. */
    public List<NamedColumn> namedColumns() {
        List<NamedColumn> named = new ArrayList<>();
        if (keyExpression != null) {
            named.add(NamedColumn.expression("key", keyExpression));
        }
        new TreeMap<>(headers)
                .forEach((name, sql) -> named.add(NamedColumn.expression(ConfigPath.child("headers", name), sql)));
        if (format == Format.STRING || format == Format.BINARY) {
            named.add(NamedColumn.name("encode.format", "value"));
        }
        return named;
    }

    /** Decodes the keys key, headers and encode. */
    public static Encoding decode(PlanContext context, Topics topics) {
        ConfigSection value = context.value();
        Optional<Values> values = value.optionalSection("encode").flatMap(section -> values(section, topics));
        Optional<String> key = value.find(KEY);
        Map<String, String> headers = value.get(HEADERS);
        key.flatMap(context::expressionProblem)
                .ifPresent(wrong -> value.problem(KEY, "is not an expression of Spark SQL: " + wrong));
        headers.forEach((name, expression) -> context.expressionProblem(expression)
                .ifPresent(wrong -> value.problem(HEADERS, name + " is not an expression of Spark SQL: " + wrong)));
        if (headers.containsKey(ID)) {
            value.problem(HEADERS, ID + " is written by Millrace; choose another name");
        }
        return new Encoding(
                values.map(Values::format).orElse(Format.JSON),
                key.orElse(null),
                headers,
                values.map(Values::registered).orElse(null));
    }

    /** How values are written. */
    private record Values(Format format, @Nullable ValueEncoding registered) {}

    private static Optional<Values> values(ConfigSection section, Topics topics) {
        Format format = section.get(FORMAT);
        Optional<RegistrySettings> registry = section.find(REGISTRY);
        Optional<String> subject = section.find(SUBJECT).or(topics::valueSubject);
        String name = section.get(RECORD);
        if (!name.matches("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*")) {
            section.problem(RECORD, "\"" + name + "\" is not the name of an Avro record, such as shop.Order");
        }
        if (format != Format.CONFLUENT_AVRO) {
            Stream.of(REGISTRY, SUBJECT, RECORD)
                    .filter(section::has)
                    .forEach(key -> section.problem(key, "belongs to format confluent-avro"));
            return section.build(() -> new Values(format, null));
        }
        RegistrySettings.require(section);
        return section.build(
                () -> new Values(format, new RegisteredEncoding(registry.orElseThrow(), subject.orElse(""), name)));
    }

    /** Returns the same for the batches of one run. */
    public Encoding ofRun() {
        return registered == null ? this : new Encoding(format, keyExpression, headers, registered.ofRun());
    }

    /** Returns key, value and headers of each row. */
    public Dataset<Row> records(Dataset<Row> rows, BatchId batch) {
        Column id = concat(
                lit(batch.key() + "-"),
                hex(monotonically_increasing_id()),
                lit("-"),
                hex(xxhash64(value(rows), key())));
        List<Column> all = new ArrayList<>();
        all.add(header(ID, id));
        new TreeMap<>(headers).forEach((name, expression) -> all.add(header(name, expr(expression))));
        return rows.select(
                key().as("key"),
                value(rows).as("value"),
                array(all.toArray(Column[]::new)).as("headers"));
    }

    /** Returns the key of each record. */
    public Column key() {
        return keyExpression == null
                ? lit(null).cast("binary")
                : expr(keyExpression).cast("string").cast("binary");
    }

    /** Returns the value of each record. */
    public Column value(Dataset<Row> rows) {
        if (registered != null) {
            return registered.value(rows);
        }
        if (format != Format.JSON) {
            return col("value")
                    .cast(format == Format.STRING ? "string" : "binary")
                    .cast("binary");
        }
        return RowJson.of(rows).cast("binary");
    }

    private static Column header(String name, Column value) {
        return struct(lit(name).as("key"), value.cast("string").cast("binary").as("value"));
    }
}
