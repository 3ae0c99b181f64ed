package io.millrace.internal.backup;

import io.millrace.internal.builtin.FileFormat;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads the events of some days and partitions from a backup, each as it was: the text of a line, whatever it is, in the column value. */
record BackupLines(BackupModel model) implements Source, DeclaresColumns {

    @Override
    public String description() {
        return model.words() + ", as text";
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
