package io.millrace.continuousupdate;

import io.millrace.internal.builtin.SparkTablePlugin;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.DeltaFault;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import io.millrace.testkit.UpsertContract;
import io.millrace.testkit.UpsertWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;

/** Upserts of product {@code table}. */
abstract class TableUpsertContract extends UpsertContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int targets;

    /** Returns a model of a new table, and makes it. */
    abstract Target newTable(StructType columns, Path place, UpsertWords settings);

    @Override
    protected SinkTarget target(StructType columns, UpsertWords settings) {
        return newTable(columns, folder.resolve("t" + targets++), settings);
    }

    @Override
    protected String nullKeyRemedy() {
        return "set on-null-key to dead-letter or allow";
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return ((Target) target).words();
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of("by what Delta does after the commit", target -> {
            DeltaFault.afterEachCommit(session(), ((Target) target).place());
            return target.sink();
        });
    }

    /**
     * A table.
     *
     * @param model which it is, in a model
     * @param words how messages name it
     */
    record Target(SparkSession session, Path place, String model, String words, UpsertWords settings)
            implements SinkTarget {

        @Override
        public Sink sink() {
            return TestModel.of(model + ", " + settings.ofTable())
                    .withDeadLetters()
                    .sink(new SparkTablePlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return session.read().format("delta").load(place.toString()).collectAsList();
        }
    }
}
