package io.millrace.iceberg.internal.entity;

import io.millrace.iceberg.CommitFaultsIT;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Upserts into entities that are Iceberg tables. */
@Tag("thorough")
class EntityUpsertContractIT extends UpsertContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private int targets;

    @Override
    protected SinkTarget target(StructType columns, UpsertWords settings) {
        return new Target(new EntityLake(session(), folder.resolve("lake" + targets++), columns.toDDL(), ""), settings);
    }

    @Override
    protected String nullKeyRemedy() {
        return "set onNullKey to deadLetter or allow";
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "entity d/events/v1";
    }

    /** Its commit is that of a merge of product iceberg: see {@link CommitFaultsIT}. */
    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of();
    }

    private record Target(EntityLake lake, UpsertWords settings) implements SinkTarget {

        @Override
        public Sink sink() {
            return lake.sink(settings.ofEntity(), "dead-letters = letters");
        }

        @Override
        public List<Row> rows() {
            return lake.written();
        }
    }
}
