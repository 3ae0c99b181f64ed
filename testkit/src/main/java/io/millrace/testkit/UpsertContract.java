package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract of sinks that upsert, into entities (writer type {@code continuousUpdate}) and into tables ({@code save-mode = upsert}): what an
 * upsert does where it only appends, as every sink, and what only an upsert does. To be extended for each way and each format. The key is column
 * {@code id}.
 */
public abstract class UpsertContract extends SinkContract {

    private static final String ROWS = "id BIGINT, name STRING, number INT, gone BOOLEAN";
    private static final StructType TABLE = StructType.fromDDL("id BIGINT, name STRING, number INT");

    /** For subclasses. */
    protected UpsertContract() {}

    /** Makes an empty target. */
    protected abstract SinkTarget target(StructType columns, UpsertWords settings);

    /** Returns what a refusal says to do about rows without a key. */
    protected abstract String nullKeyRemedy();

    @Override
    protected final SinkTarget target(StructType columns) {
        return target(columns, UpsertWords.by("id").nullKeys(columns.equals(NESTED) ? "allow" : "fail"));
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
                + "  1 rows have no key (a null in id), for example {\"id\":null}; leave them out, or "
                + nullKeyRemedy();
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.of(new Mismatches(
                target(COLUMNS, UpsertWords.by("id").nullKeys("deadLetter")),
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
        SinkTarget target = target(
                StructType.fromDDL("id " + type + ", number INT"),
                UpsertWords.by("id").nullKeys("allow"));
        Dataset<Row> ids = session().sql("SELECT explode(array(" + keys + ")) AS id");

        CommitOutcome first = write(target.sink(), batch(0), ids.selectExpr("id", "1 AS number"));
        CommitOutcome second = write(target.sink(), batch(1), ids.selectExpr("id", "2 AS number"));

        assertThat(List.of(first, second)).allMatch(Committed.class::isInstance);
        assertThat(target.rows())
                .extracting(row -> row.getInt(1))
                .containsOnly(2)
                .hasSize(ids.distinct().collectAsList().size());
    }

    @Test
    protected void ofEachKeyTheNewestRowStaysWhateverItsBatch() {
        SinkTarget target = target(TABLE, UpsertWords.by("number"));

        CommitOutcome first = write(
                target.sink(), batch(0), upserts("(1L, 'a', 5, false), (1L, 'b', 4, false), (2L, 'c', 1, false)"));
        CommitOutcome second = write(
                target.sink(), batch(1), upserts("(1L, 'late', 3, false), (2L, 'd', 2, false), (3L, 'e', 1, false)"));

        assertThat(shown(target)).containsExactly("[1,a,5]", "[2,d,2]", "[3,e,1]");
        assertThat(((Committed) first).counts()).isEqualTo(new Counts(2, 0, 0, 0, 1));
        assertThat(((Committed) second).counts()).isEqualTo(new Counts(2, 0, 0, 1, 0));
        assertThat(((Committed) second).details())
                .containsEntry("rows-in", 3L)
                .containsEntry("distinct-keys", 3L)
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("stale", 1L)
                .containsEntry("compared-with", "number of the stored row");
    }

    @Test
    protected void aDeletedKeyIsNotBroughtBackByAnOlderRow() {
        SinkTarget target = target(TABLE, UpsertWords.by("number").deletes("gone"));
        write(target.sink(), batch(0), upserts("(1L, 'a', 5, false), (2L, 'b', 5, false)"));

        CommitOutcome deletion = write(target.sink(), batch(1), upserts("(1L, NULL, 7, true), (2L, NULL, 4, true)"));
        write(target.sink(), batch(2), upserts("(1L, 'late', 6, false)"));

        assertThat(shown(target)).containsExactly("[2,b,5]");
        assertThat(((Committed) deletion).counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        write(target.sink(), batch(3), upserts("(1L, 'back', 8, false)"));
        assertThat(shown(target)).containsExactly("[1,back,8]", "[2,b,5]");
    }

    @Test
    protected void rowsThatTieAreWhatTheSettingsSay() {
        Dataset<Row> tied = upserts("(1L, 'a', 5, false), (1L, 'b', 5, false), (2L, 'c', 1, false)");
        SinkTarget picking = target(TABLE, UpsertWords.by("number"));
        SinkTarget failing = target(TABLE, UpsertWords.by("number").ties("fail"));

        CommitOutcome picked = write(picking.sink(), batch(0), tied);
        MillraceException refusal = rejected(failing.sink(), batch(0), tied);

        assertThat(((Committed) picked).details())
                .containsEntry("ties", 1L)
                .containsEntry("tie-samples", List.of("{\"id\":1}"));
        assertThat(picking.rows()).hasSize(2);
        assertThat(refusal)
                .hasMessageStartingWith(
                        nameOf(failing)
                                + ": the batch is refused\n  1 keys have different rows with the same greatest ordering (number), for example {\"id\":1}; order them by something finer, or set ");
        assertThat(failing.rows()).isEmpty();
    }

    private Dataset<Row> upserts(String rows) {
        return session()
                .sql("SELECT * FROM VALUES " + rows + " AS rows(id, name, number, gone)")
                .to(StructType.fromDDL(ROWS));
    }

    private static List<String> shown(SinkTarget target) {
        return target.rows().stream().map(Row::toString).sorted().toList();
    }
}
