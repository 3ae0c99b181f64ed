package io.millrace.internal.backup;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Option;
import io.millrace.config.OptionBuilder;
import io.millrace.internal.builtin.FilesModel;
import io.millrace.internal.decode.JsonColumns;
import io.millrace.internal.spark.LocalPlace;
import io.millrace.internal.spark.sql.DeclaredColumns;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PartitionNumbers;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code backup}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param path a folder
 * @param prefix of all names, in front of the pattern; empty for none
 * @param excludePrefix names that begin so are left out; empty for none
 * @param firstDate the first day that is read where the run is not for a date; null where only runs for a date read
 * @param lastDate the last one
 * @param partitions of the topic that are read where the run is not for some; empty for all
 * @param partitionColumn the name of a column for the partition of the topic; null for none
 * @param declared the columns of the events; null where they are to be found out
 * @param date an expression in SQL for the day of an event that is written; null for what the event says
 * @param maxFileSize in bytes, before compression
 * @param options for Spark's reader and writer
 */
record BackupModel(
        String path,
        FileNamePattern pattern,
        String prefix,
        String excludePrefix,
        Format format,
        @Nullable StructType declared,
        @Nullable LocalDate firstDate,
        @Nullable LocalDate lastDate,
        List<Integer> partitions,
        @Nullable String partitionColumn,
        List<EventFilter> filters,
        List<EventOrder> sort,
        @Nullable String date,
        long maxFileSize,
        long generation,
        Map<String, String> options) {

    /** What is read. */
    enum Format {
        /** The columns of each event. */
        JSON,
        /** Each event as it is, in the column value. */
        TEXT
    }

    private static final long STANDARD_SIZE = 100L * 1024 * 1024;

    private static final Option<String> PATH = Option.text("path").required("The folder of the backup.");
    private static final Option<String> FILE_PATTERN = Option.text("file-pattern")
            .byDefault(
                    FileNamePattern.STANDARD,
                    "The names of the files, folders included. In braces may stand: " + FileNamePattern.Token.all()
                            + ".");
    private static final Option<String> DATE_PATTERN =
            Option.text("date-pattern").byDefault(FileNamePattern.STANDARD_DATES, "How days are written in names.");
    private static final Option<String> PREFIX =
            Option.text("prefix").byDefault("", "What stands in front of file-pattern in all names.");
    private static final Option<String> EXCLUDE_PREFIX =
            Option.text("exclude-prefix").byDefault("", "Files whose names begin so, behind prefix, are not read.");
    private static final Option<Format> FORMAT = Option.choice("format", Format.class)
            .byDefault(
                    Format.JSON,
                    "What is read of an event: its columns, or its text as it is, in the column value. What is written is always the column value.");
    private static final Option<StructType> SCHEMA = Option.of(
                    "schema", "columns as in CREATE TABLE", DeclaredColumns::in)
            .optional(
                    "The columns of an event that is read as json. Without it they are found by a pass over all of them.");
    private static final Option<LocalDate> START_DATE = date("start-date")
            .optional("The first day that is read by a run that is for no date. A run for a date reads that date.");
    private static final Option<LocalDate> END_DATE =
            date("end-date").otherwise("start-date", "The last day that is read.");
    private static final Option<Integer> DELTA =
            Option.count("delta").optional("How many days before end-date reading begins, in place of start-date.");
    private static final Option<String> PARTITION_COLUMN = Option.text("partition-column")
            .optional(
                    "A column for the partition of the topic that each event was in, as the name of its file says; an INT, null where it does not. For json.");
    private static final Option<List<Integer>> PARTITIONS = Option.of(
                    "partitions", "list such as \"0,3,8-15\"", BackupModel::numbers)
            .byDefault(
                    List.of(),
                    "Partitions of the topic that are read by a run that is for none; all, if nothing is said.");
    private static final Option<String> DATE = Option.text("date")
            .as("expression in SQL")
            .otherwise(
                    "syncts, else @timestamp, else now",
                    "The day of an event that is written, as a DATE, in place of the day in UTC that the JSON of its value says.");
    private static final Option<Long> MAX_FILE_SIZE = Option.size("max-file-size")
            .otherwise("100MB", "How large a file that is written may grow, before it is compressed.");
    private static final Option<Integer> GENERATION =
            Option.count("generation").optional("The number for {generation} in names; 1, if nothing is said.");
    private static final Option<Map<String, String>> SPARK_OPTIONS = Option.textMap("options")
            .byDefault(Map.of(), "Passed to Spark's reader and writer, such as compression = gzip.");

    static final List<OptionDescription> OPTIONS = Stream.of(
                    OptionDescription.of(PATH, FILE_PATTERN, DATE_PATTERN, PREFIX, EXCLUDE_PREFIX, FORMAT, SCHEMA),
                    OptionDescription.of(JsonColumns.besidesSchema("columns", "records")),
                    OptionDescription.of(
                            START_DATE,
                            END_DATE,
                            DELTA,
                            PARTITIONS,
                            PARTITION_COLUMN,
                            EventFilter.OPTION,
                            EventOrder.OPTION,
                            DATE,
                            MAX_FILE_SIZE,
                            GENERATION,
                            SPARK_OPTIONS))
            .flatMap(List::stream)
            .toList();

    private static OptionBuilder<LocalDate> date(String name) {
        return Option.of(name, "date such as 2024-01-03", (section, key) -> section.optionalString(key)
                .flatMap(text -> {
                    try {
                        return Optional.of(LocalDate.parse(text));
                    } catch (DateTimeParseException wrong) {
                        section.problem(key, "\"" + text + "\" is not a date such as 2024-01-03");
                        return Optional.empty();
                    }
                }));
    }

    private static Optional<List<Integer>> numbers(ConfigSection section, String key) {
        return section.optionalString(key).flatMap(text -> {
            try {
                return Optional.of(PartitionNumbers.parse(text));
            } catch (IllegalArgumentException wrong) {
                section.problem(key, String.valueOf(wrong.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** Decodes a value; empty where something is wrong, which is noted on it. */
    static Optional<BackupModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        Optional<String> path = value.find(PATH);
        path.filter(LocalPlace::isPattern)
                .ifPresent(text ->
                        value.problem(PATH, "is one folder; which of its files are read is said by file-pattern"));
        Optional<FileNamePattern> pattern = pattern(value);
        String prefix = value.get(PREFIX);
        String excludePrefix = value.get(EXCLUDE_PREFIX);
        Format format = value.get(FORMAT);
        Map<String, String> options = value.get(SPARK_OPTIONS);
        Optional<StructType> schema = JsonColumns.in(value, options);
        if (format == Format.TEXT && schema.isPresent()) {
            value.problem(SCHEMA, "is not for format text");
        }
        if (format == Format.TEXT && value.has(EventFilter.OPTION)) {
            value.problem(EventFilter.OPTION, "are for format json, which has columns");
        }
        if (format == Format.TEXT && value.has(EventOrder.OPTION)) {
            value.problem(EventOrder.OPTION, "is for format json, which has columns");
        }
        Optional<LocalDate> start = value.find(START_DATE);
        Optional<LocalDate> end = value.find(END_DATE);
        Optional<Integer> delta = value.find(DELTA);
        checkDates(value, start, end, delta);
        Optional<LocalDate> last = end.or(() -> start);
        Optional<LocalDate> first = start.or(() -> last.map(day -> day.minusDays(delta.orElse(0))));
        List<Integer> partitions = value.get(PARTITIONS);
        Optional<String> partitionColumn = value.find(PARTITION_COLUMN);
        if (format == Format.TEXT && partitionColumn.isPresent()) {
            value.problem(PARTITION_COLUMN, "is not for format text");
        }
        List<EventFilter> filters = EventFilter.in(value, schema);
        List<EventOrder> sort = EventOrder.in(value, schema);
        Optional<String> date = value.find(DATE);
        date.flatMap(context::expressionProblem)
                .ifPresent(wrong -> value.problem(DATE, "is not an expression of Spark SQL: " + wrong));
        long maxFileSize = value.find(MAX_FILE_SIZE).orElse(STANDARD_SIZE);
        int generation = value.find(GENERATION).orElse(1);
        return value.build(() -> new BackupModel(
                path.orElseThrow(),
                pattern.orElseThrow(),
                prefix,
                excludePrefix,
                format,
                schema.orElse(null),
                first.orElse(null),
                last.orElse(null),
                partitions,
                partitionColumn.orElse(null),
                filters,
                sort,
                date.orElse(null),
                maxFileSize,
                generation,
                options));
    }

    private static Optional<FileNamePattern> pattern(ConfigSection value) {
        FileNamePattern pattern = new FileNamePattern(value.get(FILE_PATTERN), value.get(DATE_PATTERN));
        Optional<String> noDates = pattern.problemOfDates();
        if (noDates.isPresent()) {
            value.problem(DATE_PATTERN, noDates.get());
            return Optional.empty();
        }
        List<String> problems = pattern.problems();
        problems.forEach(problem -> value.problem(FILE_PATTERN, problem));
        return problems.isEmpty() ? Optional.of(pattern) : Optional.empty();
    }

    private static void checkDates(
            ConfigSection value, Optional<LocalDate> start, Optional<LocalDate> end, Optional<Integer> delta) {
        if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
            value.problem(END_DATE, end.get() + " is before start-date, " + start.get());
        }
        if (start.isPresent() && delta.isPresent()) {
            value.problem(DELTA, "is in place of start-date; leave one of them out");
        }
        if (start.isEmpty() && end.isEmpty() && delta.isPresent()) {
            value.problem(DELTA, "needs end-date, the day it counts back from");
        }
    }

    /**
     * Returns the days that a run reads.
     *
     * @throws MillraceException of kind USER where neither the run nor the model says any
     */
    List<LocalDate> dates(Slice slice) {
        if (slice.runDate() != null) {
            return List.of(slice.runDate());
        }
        if (firstDate == null || lastDate == null) {
            throw MillraceException.user("which days of the backup in " + path
                    + " are to be read is not said, and not all of them are listed: run for a date (--date 2024-01-03),"
                    + " or write start-date and end-date into the model");
        }
        return firstDate.datesUntil(lastDate.plusDays(1)).toList();
    }

    /** Returns the partitions that a run reads; empty for all. */
    List<Integer> partitions(Slice slice) {
        return slice.partitions().isEmpty() ? partitions : slice.partitions();
    }

    Optional<StructType> schema() {
        return Optional.ofNullable(declared);
    }

    /** The options that are settings of the storage, such as {@code fs.s3a.access.key}. */
    Map<String, String> storage() {
        return FilesModel.storage(options);
    }

    /** {@code backup in /data/backup}. */
    String words() {
        return "backup in " + path + ", files " + prefix + pattern.text();
    }
}
