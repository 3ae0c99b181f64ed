package io.millrace.iceberg.internal.entity;

import io.millrace.iceberg.IcebergSinkIT;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sinks, for entities that are Iceberg tables. */
class EntitySinkIT extends SinkContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private int targets;

    @Override
    protected SinkTarget target(StructType columns) {
        return new Target(new EntityLake(session(), folder.resolve("lake" + targets++), columns.toDDL(), ""));
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return ((Target) target).lake().words();
    }

    /** Its commit is that of product iceberg: see {@link IcebergSinkIT}. */
    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of();
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    private record Target(EntityLake lake) implements SinkTarget {
        @Override
        public Sink sink() {
            return lake.sink("append");
        }

        @Override
        public List<Row> rows() {
            return lake.written();
        }
    }
}
