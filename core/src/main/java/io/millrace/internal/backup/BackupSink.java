package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.internal.files.CommittedFiles;
import io.millrace.internal.files.FileTarget;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.RowError;
import io.millrace.spi.Sink;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsDiscard;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes events of topics into files, each batch once: the column value, an event on each line, in the order of their offsets. Which topic, partition and
 * offset an event has, it knows from where the row comes from.
 */
record BackupSink(BackupModel model) implements Sink, NamesColumns, SupportsCommitHistory, SupportsDiscard {

    private static final String VALUE = "value";
    private static final long MILLIS_A_DAY = 86_400_000;

    @Override
    public String description() {
        return model.words();
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(ReplacedRows.NONE);
    }

    @Override
    public List<NamedColumn> namedColumns() {
        List<NamedColumn> named = new ArrayList<>();
        named.add(NamedColumn.name("path", VALUE));
        if (model.date() != null) {
            named.add(NamedColumn.expression("date", model.date()));
        }
        return named;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot write the " + model.words(), () -> {
            Dataset<Row> lines = lines(batch.rows());
            return () -> files().write(batch, lines).outcome();
        });
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return files().lastBatches(session, output);
    }

    @Override
    public void discard(SparkSession session, OutputId output, String request) {
        files().discard(session, output, request);
    }

    private CommittedFiles files() {
        return new CommittedFiles(new FileTarget(
                        model.path(),
                        "text",
                        model.options(),
                        List.of(
                                BackupNaming.DATE,
                                BackupNaming.TOPIC,
                                BackupNaming.PARTITION,
                                BackupNaming.FIRST_OFFSET),
                        SaveMode.Append,
                        false,
                        model.storage(),
                        null)
                .naming(new BackupNaming(model.pattern(), model.prefix(), model.generation())));
    }

    private Dataset<Row> lines(Dataset<Row> rows) {
        if (!SourceColumn.in(rows.schema())) {
            throw MillraceException.user("the " + model.words()
                    + ", takes rows that come from one topic, and these do not say where they come from; let the ETL read a"
                    + " model of product kafka, without joins and aggregations");
        }
        Column source = col(SourceColumn.NAME);
        Column text = col(VALUE).cast(DataTypes.StringType);
        Dataset<Row> events = rows.select(
                day(text).as(BackupNaming.DATE),
                known(source, "topic").as(BackupNaming.TOPIC),
                known(source, "partition").as(BackupNaming.PARTITION),
                known(source, "offset").as(FileRotation.OFFSET),
                line(text, source).as(VALUE));
        return new FileRotation(model.maxFileSize()).apply(events);
    }

    private Column known(Column source, String field) {
        Column value = source.getField(field);
        return when(value.isNotNull(), value)
                .otherwise(RowError.raise(lit("the " + model.words() + ", has an event without " + field
                                + ": it does not come from a topic"))
                        .cast(field.equals("topic") ? "string" : field.equals("partition") ? "int" : "bigint"));
    }

    /** A line break within an event of JSON is no more than a blank, and goes with the others that stand between its parts. */
    private Column line(Column text, Column source) {
        return when(text.isNull(), problem(source, "has no value"))
                .when(
                        text.rlike("[\\r\\n]"),
                        coalesce(
                                get_json_object(text, "$"),
                                problem(source, "has a line break and is no JSON, so that it cannot be one line")))
                .otherwise(text);
    }

    private Column problem(Column source, String what) {
        return RowError.raise(concat(
                        lit("the " + model.words() + ", cannot keep a record: the one at "),
                        source.getField("topic"),
                        lit("/"),
                        source.getField("partition").cast("string"),
                        lit("/"),
                        source.getField("offset").cast("string"),
                        lit(" " + what + "; keep it aside by an expectation")))
                .cast("string");
    }

    /** The day in UTC that the event says, or else that of now. */
    private Column day(Column text) {
        if (model.date() != null) {
            return written(expr(model.date()).cast(DataTypes.DateType));
        }
        Column syncts = get_json_object(text, "$.syncts").try_cast(DataTypes.DoubleType);
        Column timestamp = unix_millis(get_json_object(text, "$['@timestamp']").try_cast(DataTypes.TimestampType));
        Column now = lit(System.currentTimeMillis());
        Column millis = coalesce(syncts.cast(DataTypes.LongType), timestamp, now);
        return written(date_add(
                lit(LocalDate.EPOCH), floor(millis.divide(MILLIS_A_DAY)).cast(DataTypes.IntegerType)));
    }

    private Column written(Column day) {
        return date_format(coalesce(day, lit(LocalDate.EPOCH)), model.pattern().dates());
    }
}
