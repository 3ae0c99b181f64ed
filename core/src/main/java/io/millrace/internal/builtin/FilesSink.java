package io.millrace.internal.builtin;

import io.millrace.internal.files.CommittedFiles;
import io.millrace.internal.files.FileTarget;
import io.millrace.internal.files.ReplacedFiles;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsDiscard;
import io.millrace.spi.SupportsReplacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes plain files, each batch once. */
record FilesSink(FilesModel model)
        implements Sink, SupportsReplacement, NamesColumns, SupportsCommitHistory, SupportsDiscard, SupportsCompaction {

    @Override
    public String description() {
        String folders =
                model.partitionBy().isEmpty() ? "" : ", in folders by " + String.join(", ", model.partitionBy());
        return model.words() + ", " + model.saveMode().word() + folders;
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(model.saveMode().replaced(model.overwrite()));
    }

    /** Whole files are replaced, and their folders tell which rows are in them. */
    @Override
    public Optional<String> replacementProblem(Set<String> columns) {
        return ReplacedFiles.problem(columns, model.partitionBy());
    }

    /** Folders by columns of the rows, which have every column that is declared. */
    @Override
    public List<NamedColumn> namedColumns() {
        Stream<NamedColumn> declared = model.schema().stream()
                .flatMap(schema -> Stream.of(schema.fields()))
                .filter(column -> !SchemaEnforcement.hasDefault(column))
                .map(column -> NamedColumn.name("schema", column.name()));
        return Stream.concat(declared, NamedColumn.names("partition-by", model.partitionBy()))
                .toList();
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot write " + model.words(), () -> {
            Dataset<Row> rows = model.schema()
                    .map(schema -> SchemaEnforcement.of(model.words(), schema).apply(batch.data()))
                    .orElseGet(batch::data);
            return () -> files().write(batch, rows).outcome();
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

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return files().compact(session, request);
    }

    @Override
    public Optional<String> streamProblem() {
        return Optional.of("would take the rows of the files that a compaction writes for new ones");
    }

    private CommittedFiles files() {
        return new CommittedFiles(new FileTarget(
                model.path(),
                model.format().word(),
                model.options(),
                model.partitionBy(),
                model.saveMode().spark(),
                model.overwrite() == OverwriteMode.DYNAMIC,
                model.storage(),
                model.targetFileSize()));
    }
}
