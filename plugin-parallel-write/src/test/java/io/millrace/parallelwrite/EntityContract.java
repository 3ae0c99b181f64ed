package io.millrace.parallelwrite;

import io.millrace.parallelwrite.FaultyEntities.Fault;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sinks, for entities of one format. */
abstract class EntityContract extends SinkContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final String format;
    private int targets;

    EntityContract(String format) {
        this.format = format;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        Path place = folder.resolve(folder.getFileName() + "_" + targets++);
        return new EntityTarget(Lake.events(session(), place, format, columns.toDDL(), ""));
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return ((EntityTarget) target).lake.target(format);
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            sinks.put("in the exchange: " + fault, target -> faulty(((EntityTarget) target).lake, fault));
        }
        return sinks;
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    /** Returns where the files of a target lie. */
    static Path place(SinkTarget target) {
        return ((EntityTarget) target).lake.folder().resolve("events");
    }

    private static Sink faulty(Lake lake, Fault fault) {
        String settings = "catalog-class = \"" + FaultyEntities.class.getName() + "\", fault = " + fault + "\n";
        return Lake.of(lake.session(), lake.folder(), settings + lake.catalog()).sink("append");
    }

    private record EntityTarget(Lake lake) implements SinkTarget {

        @Override
        public Sink sink() {
            return lake.sink("append");
        }

        @Override
        public List<Row> rows() {
            String table = lake.database() + ".events";
            if (!lake.session().catalog().tableExists(table)) {
                return List.of();
            }
            lake.session().catalog().refreshTable(table); // another session may have written
            return lake.session().table(table).collectAsList();
        }
    }
}
