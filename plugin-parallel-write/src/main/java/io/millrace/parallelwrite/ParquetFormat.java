package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.SaveMode;
import io.millrace.config.MillraceException;
import io.millrace.internal.files.CommittedFiles;
import io.millrace.internal.files.FileCommit;
import io.millrace.internal.files.FileTarget;
import io.millrace.internal.spark.Sessions;
import io.millrace.parallelwrite.internal.spark.RegisteredTables;
import io.millrace.parallelwrite.internal.spark.ResolvedTableName;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.SparkErrors;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Plain Parquet files: a marker, written last, says which files a batch brought. */
public final class ParquetFormat implements ColdFormat {

    /** Made by {@link java.util.ServiceLoader}. */
    public ParquetFormat() {}

    @Override
    public EntityFormat format() {
        return EntityFormat.PARQUET;
    }

    @Override
    public String provider() {
        return "parquet";
    }

    @Override
    public void createTable(SparkSession session, DeclaredTable table) {
        session.sql(table.createStatement(provider()));
        if (!StoragePath.exists(session, table.location())) {
            return;
        }
        boolean partitioned = RegisteredTables.find(session, ResolvedTableName.of(session, table.name()))
                .filter(created -> !created.partitionColumns().isEmpty())
                .isPresent();
        if (partitioned) {
            session.sql("ALTER TABLE " + table.name() + " RECOVER PARTITIONS");
        }
    }

    /** Spark adds columns to tables of files; to structs inside it does not. */
    @Override
    public ColdTarget addColumns(Batch batch, SchemaGrowth growth, ColdTarget target) {
        StructType there = target.schema();
        Set<String> names = Set.of(there.fieldNames());
        StructType added = new StructType(Stream.of(growth.schema().fields())
                .filter(field -> !names.contains(field.name()))
                .toArray(StructField[]::new));
        if (added.length() < growth.added().size()) {
            throw MillraceException.user(target
                    + ": Parquet tables get no new fields in their structs, only whole columns; new are "
                    + String.join(", ", growth.added())
                    + "; make it a Delta entity, or leave the fields out in a step");
        }
        batch.session().sql("ALTER TABLE " + target.table() + " ADD COLUMNS (" + added.toDDL() + ")");
        return target.schema(growth.schema());
    }

    @Override
    public CommitOutcome write(Batch batch, Dataset<Row> rows, WriteSettings write, ColdTarget target) {
        Long size = write.targetFileSize();
        FileTarget plain = write.samePartitions()
                ? files(target).overwritingSameFolders()
                : files(target).saveMode(sparkMode(write.mode()));
        FileTarget files = size == null ? plain : plain.targetFileSize(size);
        FileCommit commit = new CommittedFiles(files).write(batch, rows);
        if (commit instanceof FileCommit.Unreachable unasked) {
            return new Unknown(unasked.reason());
        }
        return commit instanceof FileCommit.Stored stored ? shown(stored, batch.session(), target) : commit.outcome();
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        return new CommittedFiles(files(target)).lastBatches(session, output);
    }

    @Override
    public void discard(SparkSession session, OutputId output, String request, ColdTarget target) {
        new CommittedFiles(files(target)).discard(session, output, request);
    }

    @Override
    public CompactionResult compact(
            SparkSession session, CompactionRequest request, @Nullable Long targetFileSize, ColdTarget target) {
        FileTarget files = files(target);
        CompactionResult result = new CommittedFiles(
                        targetFileSize == null ? files : files.targetFileSize(targetFileSize))
                .compact(session, request);
        Sessions.forgetTables(session);
        return result;
    }

    /** Makes the table show what was written, by an earlier attempt too. Until it does, the batch counts as one whose fate is unclear. */
    private static CommitOutcome shown(FileCommit.Stored stored, SparkSession session, ColdTarget target) {
        try {
            new PartitionRegistration(session, target).add(stored.files());
            session.catalog().refreshTable(target.table());
            return stored.outcome();
        } catch (Exception failed) {
            return new Unknown(SparkErrors.of("cannot write " + target, failed));
        }
    }

    private static FileTarget files(ColdTarget target) {
        return new FileTarget(
                target.location(),
                "parquet",
                Map.of(),
                target.partitionColumns(),
                org.apache.spark.sql.SaveMode.Append,
                false,
                target.storageOptions(),
                null);
    }

    private static org.apache.spark.sql.SaveMode sparkMode(SaveMode mode) {
        return switch (mode) {
            case APPEND -> org.apache.spark.sql.SaveMode.Append;
            case OVERWRITE -> org.apache.spark.sql.SaveMode.Overwrite;
            case IGNORE -> org.apache.spark.sql.SaveMode.Ignore;
            case ERROR_IF_EXISTS -> org.apache.spark.sql.SaveMode.ErrorIfExists;
        };
    }
}
