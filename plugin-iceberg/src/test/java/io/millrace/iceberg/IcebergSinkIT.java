package io.millrace.iceberg;

import io.millrace.iceberg.FaultyCatalog.Fault;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

public class IcebergSinkIT extends SinkContract {

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
    protected SinkTarget target(StructType columns) {
        String table = lake.newTable();
        lake.create(table, columns.toDDL());
        return new Target(lake, table);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "Iceberg table " + ((Target) target).table();
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            FaultyTable faulty = new FaultyTable(lake.name(), folder, fault);
            sinks.put("at the commit: " + fault, target -> faulty.sink(((Target) target).table(), "", ""));
        }
        return sinks;
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    private record Target(Lake lake, String table) implements SinkTarget {
        @Override
        public Sink sink() {
            return lake.model(table, "").sink(new IcebergPlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return lake.rows(table).collectAsList();
        }
    }
}
