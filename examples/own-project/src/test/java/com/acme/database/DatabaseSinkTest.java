package com.acme.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class DatabaseSinkTest extends SinkContract {

    private final Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private int tables;

    @Override
    protected SinkTarget target(StructType columns) {
        String table = "target_" + tables++;
        String ddl = Stream.of(columns.fields())
                .map(column -> '"' + column.name() + "\" "
                        + column.dataType().sql().replace("STRING", "VARCHAR")
                        + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        try (Connection connection = database.open()) {
            connection.createStatement().execute("CREATE TABLE " + table + " (" + ddl + ")");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new Target(session(), database, table);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return target.sink().description();
    }

    /** The database has no columns for them. */
    @Test
    @Override
    protected void nestedValuesAndNullsComeBackAsTheyWere() {
        SinkTarget target = target(StructType.fromDDL("id BIGINT, s STRING"));

        assertThat(refused(target.sink(), batch(0), session().sql("SELECT 1L AS id, struct(1 AS a) AS s")))
                .hasMessage("the rows do not fit " + nameOf(target) + ":\n"
                        + "  column  wanted  given\n"
                        + "  s       STRING  STRUCT<a: INT NOT NULL>  write CAST(s AS STRING)");
    }

    private record Target(SparkSession session, Database database, String table) implements SinkTarget {

        @Override
        public Sink sink() {
            return new DatabaseSink(database, table);
        }

        @Override
        public List<Row> rows() {
            return session.read()
                    .jdbc(database.url(), table, database.properties())
                    .collectAsList();
        }
    }
}
