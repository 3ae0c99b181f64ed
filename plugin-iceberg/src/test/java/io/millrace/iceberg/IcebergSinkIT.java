package io.millrace.iceberg;

import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class IcebergSinkIT extends SinkContract {

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
