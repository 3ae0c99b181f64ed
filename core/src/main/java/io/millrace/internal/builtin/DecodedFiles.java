package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.internal.spark.Sessions;
import io.millrace.internal.spark.files.PathFolders;
import io.millrace.internal.spark.text.RecordNumbers;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ReadContext;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.Slice;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.StreamingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What sources of json and csv files have in common. Their records carry the file and a number in it, which costs next to nothing; how a record is
 * written, and in which line, is looked up for dead letters alone.
 */
public abstract class DecodedFiles implements StreamingSource, ReplayableSource, DeclaresColumns {

    /** Columns of the records, beside those of the files and folders. */
    static final String FILE = "_file";

    static final String SPLIT = "_split";
    static final String NUMBER = "_number";
    static final String POSITION = "_position";

    private final FilesModel model;

    DecodedFiles(FilesModel model) {
        this.model = model;
    }

    protected final FilesModel model() {
        return model;
    }

    @Override
    public String description() {
        return model.words() + (model.schema().isPresent() ? "" : ", schema found in them by a pass over all");
    }

    @Override
    public final Optional<StructType> declaredColumns() {
        return model.schema().map(this::withOthers);
    }

    /** Adds the columns that do not come from the records: those of folders. */
    protected StructType withOthers(StructType columns) {
        return model.withFolders(columns);
    }

    @Override
    public final boolean mayHave(String column) {
        return model.foldersUnknown();
    }

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Optional<String> streamingProblem() {
        return model.schema().isPresent()
                ? Optional.empty()
                : Optional.of("a stream of " + model.words()
                        + " needs to know its columns; add schema = \"name TYPE, …\" to the model");
    }

    @Override
    public final Optional<String> replayProblem() {
        return model.schema().isPresent()
                ? Optional.empty()
                : Optional.of("the columns of " + model.words()
                        + " are found anew in the files by each run; add schema =" + " \"name TYPE, …\" to the model");
    }

    @Override
    public final String ownLetters(SparkSession session) {
        InputFiles files = new InputFiles(session, model.path(), model.storage());
        if (files.isPattern()) {
            return "path IS NOT NULL";
        }
        String path = files.uri().replace("\\", "\\\\").replace("'", "\\'");
        return "(path = '" + path + "' OR startswith(path, '" + path + "/'))";
    }

    /** Makes records of dead letters: of their text and of the folders in their path. */
    @Override
    public final Dataset<Row> restored(Dataset<Row> letters) {
        StructType folders = folders(letters);
        Dataset<Row> placed = letters.withColumns(Map.of(
                FILE,
                col("path"),
                SPLIT,
                lit(null).cast("bigint"),
                NUMBER,
                lit(null).cast("bigint"),
                POSITION,
                col("position")));
        List<Column> columns = new ArrayList<>(recorded(folders));
        for (StructField folder : folders.fields()) {
            columns.add(PathFolders.column(col("path"), folder).as(folder.name()));
        }
        Stream.of(FILE, SPLIT, NUMBER, POSITION).map(functions::col).forEach(columns::add);
        return placed.select(columns.toArray(Column[]::new));
    }

    /**
     * Returns the columns of records that are made of the text of dead letters, {@code value}, in front of those of the folders.
     *
     * @param folders the columns that folders make
     */
    abstract List<Column> recorded(StructType folders);

    /** Returns those columns of records, as {@link #read} makes them, that folders make. */
    abstract StructType folders(StructType records);

    /** The columns that folders make: those of the files that are there, or else those that the paths of the letters show. */
    protected StructType folders(Dataset<Row> letters) {
        ReadContext context = new ReadContext(letters.sparkSession(), Slice.ALL);
        InputFiles files = files(context);
        if (files.any()) {
            return folders(read(context).schema());
        }
        StructType folders = new StructType();
        for (String name : PathFolders.names(letters.select("path"), files.uri())) {
            folders = folders.add(declared(name)
                    .orElseGet(() -> new StructField(name, DataTypes.StringType, true, Metadata.empty())));
        }
        return folders;
    }

    private Optional<StructField> declared(String name) {
        return model.schema().stream()
                .flatMap(schema -> Stream.of(schema.fields()))
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public final Map<String, String> streamedFrom(SparkSession session) {
        return new InputFiles(session, model.path(), model.storage()).streamed();
    }

    final InputFiles files(ReadContext context) {
        return new InputFiles(context.session(), model.path(), model.storage());
    }

    /** Adds to rows, as they come from Spark's reader, where they come from. The position is not known yet. */
    static Dataset<Row> placed(Dataset<Row> rows) {
        Column file = col("_metadata.file_path");
        Column split = col("_metadata.file_block_start");
        return rows.withColumns(Map.of(
                FILE,
                file,
                SPLIT,
                split,
                NUMBER,
                RecordNumbers.of(rows, file, split),
                POSITION,
                lit(null).cast("bigint")));
    }

    /** Makes the {@link SourceColumn} of records. */
    static Column source(Column value) {
        return SourceColumn.of(Map.of(
                        "path", col(FILE),
                        "position", col(POSITION),
                        "value", value,
                        "split", col(SPLIT),
                        "record", col(NUMBER)))
                .as(SourceColumn.NAME);
    }

    /** Returns the settings of the storage for tasks that read the files again. */
    final Configuration storage(Dataset<Row> rows) {
        Configuration storage = Sessions.storage(rows.sparkSession());
        model.storage().forEach(storage::set);
        return storage;
    }
}
