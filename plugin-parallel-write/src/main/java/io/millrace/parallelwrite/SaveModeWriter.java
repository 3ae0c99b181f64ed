package io.millrace.parallelwrite;

import io.millrace.catalog.SaveMode;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SchemaGrowth;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes rows in a save mode. */
final class SaveModeWriter implements BatchWriter {

    private final WriteSettings write;
    private final boolean evolving;
    private final ColdFormats formats;

    /** @param evolving whether the table gets the columns that it lacks and the rows have */
    SaveModeWriter(WriteSettings write, boolean evolving, ColdFormats formats) {
        this.write = write;
        this.evolving = evolving;
        this.formats = formats;
    }

    @Override
    public String description() {
        return write.mode().toString();
    }

    @Override
    public ReplacedRows replacedRows() {
        if (write.mode() != SaveMode.OVERWRITE) {
            return ReplacedRows.NONE;
        }
        return write.samePartitions() ? ReplacedRows.SAME_PARTITIONS : ReplacedRows.ALL;
    }

    @Override
    public Optional<String> replacementProblem() {
        return write.mode() == SaveMode.APPEND
                ? Optional.empty()
                : Optional.of("needs saveMode append in the model: with " + write.mode()
                        + " what is there decides whether anything is written");
    }

    @Override
    public boolean addsColumns() {
        return evolving;
    }

    @Override
    public CommitOutcome write(Batch batch, ColdTarget target) {
        ColdFormat format = format(target);
        return Preparation.asking("cannot write " + target, () -> {
            ColdTarget grown = evolving ? grown(batch, format, target) : target;
            SchemaEnforcement enforcement = SchemaEnforcement.of(target.toString(), grown.schema())
                    .computing(format.computedColumns(batch.session(), grown));
            Dataset<Row> rows = (evolving ? enforcement.filling() : enforcement).apply(batch.data());
            return () -> format.write(batch, rows, write, grown);
        });
    }

    private static ColdTarget grown(Batch batch, ColdFormat format, ColdTarget target) {
        SchemaGrowth growth = SchemaGrowth.between(target.schema(), batch.data().schema());
        return growth.added().isEmpty() ? target : format.addColumns(batch, growth, target);
    }

    @Override
    public Optional<String> hotProblem() {
        return write.mode() == SaveMode.APPEND
                ? Optional.empty()
                : Optional.of("it takes rows over HTTP (write type Hot), which can only be added; saveMode "
                        + write.mode() + " needs a Cold entity");
    }

    @Override
    public OptionalLong targetFileSize() {
        Long size = write.targetFileSize();
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        return format(target).lastBatches(session, output, target);
    }

    @Override
    public void discard(SparkSession session, OutputId output, String request, ColdTarget target) {
        format(target).discard(session, output, request, target);
    }

    private ColdFormat format(ColdTarget target) {
        return formats.get(target.format());
    }
}
