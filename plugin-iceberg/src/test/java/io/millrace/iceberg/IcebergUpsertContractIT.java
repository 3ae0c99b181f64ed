package io.millrace.iceberg;

import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.UpsertContract;
import io.millrace.testkit.UpsertWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Upserts of product {@code iceberg}. */
class IcebergUpsertContractIT extends UpsertContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = new Lake(session(), folder);
    }

    @Override
    protected SinkTarget target(StructType columns, UpsertWords settings) {
        String table = lake.newTable();
        lake.create(table, columns.toDDL());
        return new Target(lake, table, settings);
    }

    @Override
    protected String nullKeyRemedy() {
        return "set on-null-key to dead-letter or allow";
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "Iceberg table " + ((Target) target).table();
    }

    /** Its commit is that of a merge: see {@link CommitFaultsIT}. */
    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of();
    }

    private record Target(Lake lake, String table, UpsertWords settings) implements SinkTarget {

        @Override
        public Sink sink() {
            return lake.model(table, settings.ofTable()).withDeadLetters().sink(new IcebergPlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return lake.rows(table).collectAsList();
        }
    }
}
