package io.millrace.internal.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.decode.JsonColumns;
import io.millrace.internal.spark.LocalPlace;
import io.millrace.internal.spark.sql.DeclaredColumns;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OverwriteMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
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
public record FilesModel(
        String path,
        FileFormat format,
        @Nullable StructType declared,
        Map<String, String> options,
        @Nullable Integer maxFilesPerTrigger,
        List<String> partitionBy,
        TableSaveMode saveMode,
        OverwriteMode overwrite,
        @Nullable Long targetFileSize) {

    private static final Option<String> PATH =
            Option.text("path").required("Folder or file; to be read, also a pattern with *, ? and {a,b}.");
    private static final Option<FileFormat> FORMAT =
            Option.choice("format", FileFormat.class).byDefault(FileFormat.PARQUET, "How the files are written.");
    private static final Option<StructType> SCHEMA = Option.of(
                    "schema", "columns as in CREATE TABLE", DeclaredColumns::in)
            .optional(
                    "The columns. Without it they are found in the files: for json and csv by a pass over all of them, and not for streams."
                            + " A json or csv record without a NOT NULL column is malformed. Rows that are written must fit it.");
    private static final Option<Map<String, String>> SPARK_OPTIONS = Option.textMap("options")
            .byDefault(Map.of(), "Passed to Spark's reader and writer, such as header = true for csv.");
    private static final Option<Integer> MAX_FILES_PER_TRIGGER = Option.count("max-files-per-trigger")
            .optional("How many new files one micro-batch of a stream takes at most.");
    private static final Option<List<String>> PARTITION_BY = Option.texts("partition-by")
            .byDefault(List.of(), "Columns whose values become folders when files are written.");
    private static final Option<TableSaveMode> SAVE_MODE = Option.choice("save-mode", TableSaveMode.OF_FILES)
            .byDefault(TableSaveMode.APPEND, "Whether files that are there stay when others are written.");
    private static final Option<OverwriteMode> OVERWRITE = Option.choice("overwrite", OverwriteMode.class)
            .byDefault(
                    OverwriteMode.STATIC,
                    "What a batch replaces where save-mode = overwrite: all files, or those in the folders of partition-by that it has rows for.");
    private static final Option<Long> TARGET_FILE_SIZE = Option.size("target-file-size")
            .optional(
                    "How large the files are to be that a batch writes, such as 128MB: as few as that allows, for each folder of partition-by."
                            + " Without it each task writes files of its own.");

    static final List<OptionDescription> OPTIONS = Stream.of(
                    OptionDescription.of(PATH, FORMAT, SCHEMA),
                    OptionDescription.of(JsonColumns.besidesSchema("columns", "records")),
                    OptionDescription.of(
                            SPARK_OPTIONS, MAX_FILES_PER_TRIGGER, PARTITION_BY, SAVE_MODE, OVERWRITE, TARGET_FILE_SIZE))
            .flatMap(List::stream)
            .toList();

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
        Optional<String> path = value.find(PATH);
        FileFormat format = value.get(FORMAT);
        Map<String, String> written = value.get(SPARK_OPTIONS);
        Map<String, String> options = format == FileFormat.CSV ? CsvOptions.with(written) : written;
        Optional<StructType> schema = schema(value, format, options);
        written.keySet().forEach(option -> checkOption(value, option, format));
        Optional<Integer> maxFiles = value.find(MAX_FILES_PER_TRIGGER);
        List<String> partitionBy = value.get(PARTITION_BY);
        TableSaveMode saveMode = value.get(SAVE_MODE);
        OverwriteMode overwrite = value.get(OVERWRITE);
        if (value.has(OVERWRITE) && saveMode != TableSaveMode.OVERWRITE) {
            value.problem(OVERWRITE, "is for save-mode = overwrite");
        }
        if (overwrite == OverwriteMode.DYNAMIC && partitionBy.isEmpty()) {
            value.problem(
                    OVERWRITE, "replaces the folders that a batch has rows for; name their columns in partition-by");
        }
        Optional<Long> targetFileSize = value.find(TARGET_FILE_SIZE);
        return value.build(() -> new FilesModel(
                path.orElseThrow(),
                format,
                schema.orElse(null),
                options,
                maxFiles.orElse(null),
                partitionBy,
                saveMode,
                overwrite,
                targetFileSize.orElse(null)));
    }

    /** Copies the collections. */
    public FilesModel {
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

    /** Returns columns with those that folders have, as far as these are on this machine, and those that the files are written by. */
    StructType withFolders(StructType columns) {
        StructType all = columns;
        for (String folder : Stream.concat(partitionBy.stream(), FilesSourceFolders.columns(path).stream())
                .toList()) {
            boolean known = Stream.of(all.fieldNames()).anyMatch(folder::equalsIgnoreCase);
            all = known ? all : all.add(folder, DataTypes.StringType);
        }
        return all;
    }

    /** Whether folders may have columns that nobody can see from here. */
    boolean foldersUnknown() {
        return LocalPlace.of(path).isEmpty();
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
        return storage(options);
    }

    /** Returns those of Spark's options that are settings of the storage. */
    public static Map<String, String> storage(Map<String, String> options) {
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
        return value.find(SCHEMA);
    }

    private static void checkOption(ConfigSection value, String option, FileFormat format) {
        String name = option.toLowerCase(Locale.ROOT);
        String reason = FIXED.get(name);
        if (reason != null) {
            value.problem(SPARK_OPTIONS, "the option " + option + " cannot be set: " + reason);
        }
        if (name.equals("multiline") && !format.decoded()) {
            value.problem(SPARK_OPTIONS, "the option " + option + " is for json and csv, not for " + format.word());
        }
        if (name.equals("allowcomments")) {
            value.problem(SPARK_OPTIONS, "the option " + option + " cannot be set: comments in json are not supported");
        }
    }
}
