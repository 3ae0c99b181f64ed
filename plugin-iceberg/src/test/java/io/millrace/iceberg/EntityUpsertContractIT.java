package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sinks for upserts into entities that are Iceberg tables, as far as an upsert appends: rows of different keys. */
class EntityUpsertContractIT extends SinkContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private int targets;

    @Override
    protected SinkTarget target(StructType columns) {
        String nullKeys = columns.equals(NESTED) ? "allow" : "fail";
        return new Target(new EntityLake(session(), folder.resolve("lake" + targets++), columns.toDDL(), ""), nullKeys);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "entity d/events/v1";
    }

    @Test
    @Override
    protected void equalRowsOfABatchAreAllKept() {
        SinkTarget target = target(COLUMNS);

        write(target.sink(), batch(0), rows(0, 3).union(rows(0, 3)));

        assertThat(ids(target)).containsExactly(0L, 1L, 2L);
    }

    @Test
    @Override
    protected void aNullWhereNoneMayBeIsRefused() {
        SinkTarget target = target(COLUMNS);

        MillraceException reason = refused(
                target.sink(),
                batch(0),
                rows(0, 3).selectExpr("IF(id = 2, NULL, id) AS id", "name", "price", "day", "at"));

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason)
                .hasMessage(
                        "entity d/events/v1: the batch is refused\n"
                                + "  1 rows have no key (a null in id), for example {\"id\":null}; leave them out, or set onNullKey to deadLetter or allow");
        assertThat(target.rows()).isEmpty();
    }

    private record Target(EntityLake lake, String nullKeys) implements SinkTarget {

        @Override
        public Sink sink() {
            return lake.sink(
                    "writerType = continuousUpdate, keys = [id], orderingExpression = id, onNullKey = " + nullKeys, "");
        }

        @Override
        public List<Row> rows() {
            return lake.written();
        }
    }
}
