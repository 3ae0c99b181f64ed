package io.millrace.internal.backup;

import io.millrace.internal.builtin.FileFormat;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ListsFiles;
import io.millrace.spi.PartitionedSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads the events of some days and partitions from a backup, each as it was: the text of a line, whatever it is, in the column value. */
record BackupLines(BackupModel model) implements PartitionedSource, ListsFiles, DeclaresColumns {

    @Override
    public String description() {
        return model.words() + ", as text";
    }

    @Override
    public List<Integer> partitions(SparkSession session, Slice slice) {
        return BackupSelection.partitions(model, session, slice);
    }

    @Override
    public List<String> warnings(SparkSession session, Slice slice) {
        return BackupSelection.warnings(model, session, slice);
    }

    @Override
    public List<InputFile> files(SparkSession session, Slice slice) {
        return BackupSelection.of(model, new ReadContext(session, slice)).inputFiles();
    }

    @Override
    public Set<Slice.Part> sliceParts() {
        return BackupSelection.PARTS;
    }

    @Override
    public Optional<StructType> declaredColumns() {
        return Optional.of(FileFormat.TEXT_COLUMNS);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return BackupSelection.of(model, context)
                .read(context.session().read().format("text").options(model.options()));
    }
}
