package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.col;

import io.millrace.internal.builtin.FileFormat;
import io.millrace.internal.builtin.FilesModel;
import io.millrace.internal.builtin.JsonFiles;
import io.millrace.internal.builtin.TableSaveMode;
import io.millrace.spi.ListsFiles;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.PartitionedSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.Slice;
import io.millrace.spi.SourceColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the events of some days and partitions from a backup, as columns. A line that is no such event is a dead letter. */
final class BackupEvents extends JsonFiles implements PartitionedSource, ListsFiles {

    private final BackupModel backup;

    BackupEvents(BackupModel backup) {
        super(new FilesModel(
                backup.path(),
                FileFormat.JSON,
                backup.declared(),
                backup.options(),
                null,
                List.of(),
                TableSaveMode.APPEND,
                OverwriteMode.STATIC,
                null));
        this.backup = backup;
    }

    @Override
    public String description() {
        return backup.words() + (backup.filters().isEmpty() ? "" : ", where " + backup.filters());
    }

    @Override
    public List<Integer> partitions(SparkSession session, Slice slice) {
        return BackupSelection.partitions(backup, session, slice);
    }

    @Override
    public List<String> warnings(SparkSession session, Slice slice) {
        return BackupSelection.warnings(backup, session, slice);
    }

    @Override
    public List<InputFile> files(SparkSession session, Slice slice) {
        return BackupSelection.of(backup, new ReadContext(session, slice)).inputFiles();
    }

    @Override
    public Set<Slice.Part> sliceParts() {
        return BackupSelection.PARTS;
    }

    @Override
    protected StructType withOthers(StructType columns) {
        return backup.partitionColumn() == null
                ? columns
                : columns.add(backup.partitionColumn(), DataTypes.IntegerType);
    }

    @Override
    public boolean streamsByDefault() {
        return false;
    }

    @Override
    public Optional<String> streamingProblem() {
        return Optional.of(BackupSelection.NO_STREAM);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return records(BackupSelection.of(backup, context)
                .read(context.session().read().format("text").options(options(backup.options()))));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        Dataset<Row> decoded = super.decode(raw);
        Dataset<Row> events = backup.partitionColumn() == null
                ? decoded
                : decoded.withColumn(
                        backup.partitionColumn(),
                        backup.pattern().partition(col(SourceColumn.NAME + ".path"), backup.prefix()));
        Optional<Column> wanted = backup.filters().stream()
                .map(filter -> filter.condition(events.schema()))
                .reduce(Column::and);
        Dataset<Row> chosen = wanted.map(condition ->
                        events.filter(col(Rejection.COLUMN).isNotNull().or(condition)))
                .orElse(events);
        return backup.sort().isEmpty()
                ? chosen
                : chosen.orderBy(backup.sort().stream().map(EventOrder::order).toArray(Column[]::new));
    }

    /** Folders in names of backup files are no columns. */
    @Override
    protected StructType folders(Dataset<Row> letters) {
        return new StructType();
    }
}
