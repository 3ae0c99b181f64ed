package io.millrace.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.decode.JsonColumns;
import io.millrace.spark.DeclaredColumns;
import io.millrace.spi.OptionDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code files}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param declared the schema, or null where it is to be found out
 * @param options for Spark's reader and writer
 * @param maxFilesPerTrigger null for no limit
 * @param targetFileSize in bytes; null for files as they come
 */
record FilesModel(
        String path,
        FileFormat format,
        @Nullable StructType declared,
        Map<String, String> options,
        @Nullable Integer maxFilesPerTrigger,
        List<String> partitionBy,
        TableSaveMode saveMode,
        @Nullable Long targetFileSize) {

    static final List<OptionDescription> OPTIONS = List.of(
            new OptionDescription(
                    "path", "text", "required", "Folder or file; to be read, also a pattern with *, ? and {a,b}."),
            new OptionDescription(
                    "format", "parquet | avro | orc | json | csv | text", "parquet", "How the files are written."),
            new OptionDescription(
                    "schema",
                    "columns as in CREATE TABLE",
                    "",
                    "The columns. Without it they are found in the files: for json and csv by a pass over all of them, and not for streams."
                            + " A json or csv record without a NOT NULL column is malformed. Rows that are written must fit it."),
            new OptionDescription(
                    "json-schema",
                    "JSON Schema, as text",
                    "",
                    "For json, instead of schema: the columns, as a JSON Schema."),
            new OptionDescription("json-schema-file", "path", "", "A file with the JSON Schema."),
            new OptionDescription(
                    "sample",
                    "JSON objects, as text",
                    "",
                    "For json, instead of schema: records from which Spark infers the columns."),
            new OptionDescription("sample-file", "path", "", "A file with such records."),
            new OptionDescription(
                    "options",
                    "object of texts",
                    "",
                    "Passed to Spark's reader and writer, such as header = true for csv."),
            new OptionDescription(
                    "max-files-per-trigger",
                    "number",
                    "",
                    "How many new files one micro-batch of a stream takes at most."),
            new OptionDescription(
                    "partition-by", "list of texts", "", "Columns whose values become folders when files are written."),
            new OptionDescription(
                    "save-mode",
                    "append | overwrite",
                    "append",
                    "Whether files that are there stay when others are written."),
            new OptionDescription(
                    "target-file-size",
                    "size",
                    "",
                    "How large the files are to be that a batch writes, such as 128MB: as few as that allows, for each folder of partition-by."
                            + " Without it each task writes files of its own."));

    /** Keys of other tools. */
    private static final Map<String, String> GUESSES = Map.of(
            "location", "write path",
            "folder", "write path",
            "mode", "write save-mode = append or save-mode = overwrite",
            "header", "write options { header = true }",
            "delimiter", "write options { sep = \";\" }",
            "sep", "write options { sep = \";\" }",
            "separator", "write options { sep = \";\" }",
            "keys", "is for upserts, which files cannot take; write product = table, with save-mode = upsert");

    /** Options that would change what a record is. */
    private static final Map<String, String> FIXED = Map.of(
            "mode", "records that cannot be read go to the dead letters",
            "columnnameofcorruptrecord", "records that cannot be read go to the dead letters",
            "path", "write it as path, beside options");

    /** Decodes a value; empty where something is wrong, which is noted on it. */
    static Optional<FilesModel> decode(ConfigSection value) {
        value.instead(GUESSES);
        String path = value.string("path");
        FileFormat format = value.optionalEnum("format", FileFormat.class).orElse(FileFormat.PARQUET);
        Map<String, String> written = value.stringMap("options");
        Map<String, String> options = format == FileFormat.CSV ? CsvOptions.with(written) : written;
        Optional<StructType> schema = schema(value, format, options);
        written.keySet().forEach(option -> checkOption(value, option, format));
        Optional<Integer> maxFiles = value.optionalPositiveInt("max-files-per-trigger");
        List<String> partitionBy = value.strings("partition-by");
        TableSaveMode saveMode =
                value.optionalWord("save-mode", TableSaveMode.OF_FILES).orElse(TableSaveMode.APPEND);
        Optional<Long> targetFileSize = value.optionalBytes("target-file-size");
        return value.build(() -> new FilesModel(
                path,
                format,
                schema.orElse(null),
                options,
                maxFiles.orElse(null),
                partitionBy,
                saveMode,
                targetFileSize.orElse(null)));
    }

    FilesModel {
        options = Map.copyOf(options);
        partitionBy = List.copyOf(partitionBy);
    }

    Optional<StructType> schema() {
        return Optional.ofNullable(declared);
    }

    /** The names of the columns that are declared; none where the schema is to be found out. */
    List<String> declaredNames() {
        return schema().map(type -> List.of(type.fieldNames())).orElse(List.of());
    }

    /** Whether records go over several lines, so that files are read whole. */
    boolean multiLine() {
        return options.entrySet().stream()
                .anyMatch(option -> option.getKey().equalsIgnoreCase("multiLine")
                        && option.getValue().equalsIgnoreCase("true"));
    }

    OptionalInt maxFiles() {
        return maxFilesPerTrigger == null ? OptionalInt.empty() : OptionalInt.of(maxFilesPerTrigger);
    }

    /** The options that are settings of the storage, such as {@code fs.s3a.access.key}. */
    Map<String, String> storage() {
        Map<String, String> storage = new LinkedHashMap<>();
        options.forEach((key, setting) -> {
            if (key.startsWith("fs.")) {
                storage.put(key, setting);
            }
        });
        return storage;
    }

    /** {@code json files in /data/in}. */
    String words() {
        return format.word() + " files in " + path;
    }

    private static Optional<StructType> schema(ConfigSection value, FileFormat format, Map<String, String> options) {
        if (format == FileFormat.JSON) {
            return JsonColumns.in(value, options);
        }
        for (String key : JsonColumns.BESIDES_SCHEMA) {
            if (value.has(key)) {
                value.problem(key, "is not for format " + format.word());
            }
        }
        return DeclaredColumns.in(value, "schema");
    }

    private static void checkOption(ConfigSection value, String option, FileFormat format) {
        String name = option.toLowerCase(Locale.ROOT);
        String reason = FIXED.get(name);
        if (reason != null) {
            value.problem("options", "the option " + option + " cannot be set: " + reason);
        }
        if (name.equals("multiline") && !format.decoded()) {
            value.problem("options", "the option " + option + " is for json and csv, not for " + format.word());
        }
        if (name.equals("allowcomments")) {
            value.problem("options", "the option " + option + " cannot be set: comments in json are not supported");
        }
    }
}
