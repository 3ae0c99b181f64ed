package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Delivery;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Override
    protected boolean keepsEqualRows() {
        return false;
    }

    @Override
    protected String nullRefusal(SinkTarget target) {
        return nameOf(target)
                + ": the batch is refused\n"
                + "  1 rows have no key (a null in id), for example {\"id\":null}; leave them out, or set onNullKey to deadLetter or allow";
    }

    @Override
    protected Optional<Misfits> misfits() {
        return Optional.of(new Misfits(
                target(COLUMNS, "deadLetter"),
                rows(0, 4).selectExpr("IF(id = 2, NULL, id) AS id", "name", "price", "day", "at"),
                List.of(0L, 1L, 3L),
                1));
    }

    /** Files may be left unread by the range of the keys. One that is left out by mistake hides the stored row, and the key is inserted once more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            DATE           | DATE'1582-10-10', DATE'+12345-06-07'
            TIMESTAMP      | TIMESTAMP'-0044-03-15 00:00:00', TIMESTAMP'1582-10-10 12:00:00.000001'
            TIMESTAMP_NTZ  | TIMESTAMP_NTZ'1582-10-10 12:00:00.000001', NULL
            DOUBLE         | -0D, 0D, 1D, DOUBLE('NaN')
            DECIMAL(10, 2) | CAST(1.5 AS DECIMAL(10, 2)), CAST(20 AS DECIMAL(10, 2))
            STRING         | CAST(X'80' AS STRING), repeat('\uFFFD', 40)
            """)
    protected void aKeyHasOneRowWhateverItIsMadeOf(String type, String keys) {
        SinkTarget target = target(StructType.fromDDL("id " + type + ", number INT"), "allow");
        Dataset<Row> ids = session().sql("SELECT explode(array(" + keys + ")) AS id");

        CommitOutcome first = write(target.sink(), batch(0), ids.selectExpr("id", "1 AS number"));
        CommitOutcome second = write(target.sink(), batch(1), ids.selectExpr("id", "2 AS number"));

        assertThat(List.of(first, second)).allMatch(Committed.class::isInstance);
        assertThat(target.rows())
                .extracting(row -> row.getInt(1))
                .containsOnly(2)
                .hasSize(ids.distinct().collectAsList().size());
    }
}
