package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.Delivery;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The contract of sinks that upsert into an entity (writer type {@code continuousUpdate}), as far as an upsert appends: rows of different keys. To be
 * extended for each format that rows are merged into; the key and the ordering are column {@code id}.
 */
public abstract class UpsertContract extends SinkContract {

    /** For subclasses. */
    protected UpsertContract() {}

    /**
     * Makes an empty target.
     *
     * @param nullKeys what the sink is told to do with rows without a key: its setting {@code onNullKey}
     */
    protected abstract SinkTarget target(StructType columns, String nullKeys);

    @Override
    protected final SinkTarget target(StructType columns) {
        return target(columns, columns.equals(NESTED) ? "allow" : "fail");
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
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
                        nameOf(target)
                                + ": the batch is refused\n"
                                + "  1 rows have no key (a null in id), for example {\"id\":null}; leave them out, or set onNullKey to deadLetter or allow");
        assertThat(target.rows()).isEmpty();
    }
}
