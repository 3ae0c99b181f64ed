package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdateBuilder;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.SourceColumn;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows whose place is not clear. */
@ExtendWith(MillraceSession.class)
class PoliciesIT {

    private static final String SCHEMA = "id BIGINT, name STRING, number INT";
    private static final ContinuousUpdate BY_NUMBER = new ContinuousUpdate(List.of("id"), "number");

    private final TestTable table;

    PoliciesIT(SparkSession spark, @TempDir Path folder) {
        this.table = new TestTable(spark, folder, SCHEMA);
    }

    private static ContinuousUpdateBuilder byNumber() {
        return ContinuousUpdate.on(List.of("id"), "number");
    }

    private static String letter(String row, String code, String reason) {
        return row + ",\"_rejected\":{\"stage\":\"sink\",\"reason_code\":\"" + code + "\",\"reason\":\"" + reason
                + "\"}}";
    }

    @Test
    void aTieHasTheSameWinnerInWhateverOrderItsRowsCome() {
        Dataset<Row> rows = table.rows(
                SCHEMA, row(1L, "a", 1), row(1L, "b", 1), row(1L, "c", 1), row(1L, "c", 1), row(1L, "old", 0));

        Committed first = table.commit(BY_NUMBER, rows);
        List<String> winner = table.content();
        table.commit(BY_NUMBER, rows.orderBy(functions.desc("name")).repartition(3));

        assertThat(table.content()).isEqualTo(winner);
        assertThat(first.counts()).isEqualTo(new Counts(1, 0, 0, 0, 4));
        assertThat(first.details()).containsEntry("ties", 1L).containsEntry("tie-samples", List.of("{\"id\":1}"));
    }

    @Test
    void ofATieTheRowThatStoodLaterInItsTopicWins() {
        Dataset<Row> rows = table.rows(
                        SCHEMA + ", offset BIGINT",
                        row(1L, "first", 1, 10L),
                        row(1L, "last", 1, 12L),
                        row(1L, "middle", 1, 11L))
                .withColumn(SourceColumn.NAME, SourceColumn.of(Map.of("offset", functions.col("offset"))));

        table.commit(BY_NUMBER, rows);

        assertThat(table.content()).containsExactly("[1,last,1]");
    }

    @Test
    void aTieFailsTheBatchWhereItIsToFail() {
        ContinuousUpdate strict = byNumber().onTie(OnTie.FAIL).build();
        table.commit(strict, table.rows(SCHEMA, row(1L, "a", 1), row(1L, "a", 1)));

        assertThat(table.refusal(strict, table.rows(SCHEMA, row(1L, "a", 1), row(1L, "b", 1), row(2L, "c", 1))))
                .isEqualTo("entity sales/orders/v1: the batch is refused\n"
                        + "  1 keys have different rows with the same greatest ordering (number), for example {\"id\":1};"
                        + " order them by something finer, or set onTie to pickOne or deadLetter");
        assertThat(table.content()).containsExactly("[1,a,1]");
    }

    @Test
    void tiedRowsBecomeDeadLettersAndTheNextOrderingWins() {
        ContinuousUpdate letters = byNumber().onTie(OnTie.DEAD_LETTER).build();

        Committed committed = table.commit(
                letters,
                table.rows(
                        SCHEMA,
                        row(1L, "x", 9),
                        row(1L, "y", 9),
                        row(1L, "p", 8),
                        row(1L, "q", 8),
                        row(1L, "clear", 7),
                        row(1L, "clear", 7),
                        row(1L, "older", 1),
                        row(2L, "m", 1),
                        row(2L, "n", 1),
                        row(3L, "alone", 1)));

        assertThat(table.content()).containsExactly("[1,clear,7]", "[3,alone,1]");
        String reason = "another row of the key has the same ordering and says something else";
        assertThat(table.letters.received)
                .containsExactly(
                        letter("{\"id\":1,\"name\":\"p\",\"number\":8", "ORDERING_TIE", reason),
                        letter("{\"id\":1,\"name\":\"q\",\"number\":8", "ORDERING_TIE", reason),
                        letter("{\"id\":1,\"name\":\"x\",\"number\":9", "ORDERING_TIE", reason),
                        letter("{\"id\":1,\"name\":\"y\",\"number\":9", "ORDERING_TIE", reason),
                        letter("{\"id\":2,\"name\":\"m\",\"number\":1", "ORDERING_TIE", reason),
                        letter("{\"id\":2,\"name\":\"n\",\"number\":1", "ORDERING_TIE", reason));
        assertThat(committed.counts()).isEqualTo(new Counts(2, 0, 6, 0, 2));
        assertThat(committed.details()).containsEntry("ties", 2L);
    }

    @Test
    void anEqualOrderingReplacesTheStoredRowUnlessItIsToStay() {
        ContinuousUpdate keep =
                byNumber().onEqualOrdering(OnEqualOrdering.KEEP_EXISTING).build();
        table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "a", 1), row(2L, "n", null)));

        table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "corrected", 1), row(2L, "o", null)));
        Committed kept = table.commit(keep, table.rows(SCHEMA, row(1L, "again", 1), row(2L, "p", null)));

        assertThat(table.content()).containsExactly("[1,corrected,1]", "[2,o,null]");
        assertThat(kept.counts()).isEqualTo(new Counts(0, 0, 0, 2, 0));
    }

    @Test
    void aNullOrderingIsOlderThanEveryOther() {
        table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "none", null), row(1L, "a", -5), row(2L, "none", null)));

        Committed second = table.commit(BY_NUMBER, table.rows(SCHEMA, row(1L, "late", null), row(2L, "b", -9)));

        assertThat(table.content()).containsExactly("[1,a,-5]", "[2,b,-9]");
        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(second.details())
                .containsEntry("null-ordering", 1L)
                .containsEntry("null-ordering-samples", List.of("{\"id\":1}"));
    }

    @Test
    void whatPoliciesRefuseIsSaidAtOnce() {
        ContinuousUpdate strict =
                byNumber().onNullOrdering(OnNullOrdering.FAIL).onTie(OnTie.FAIL).build();

        String refusal = table.refusal(
                strict,
                table.rows(
                        SCHEMA,
                        row(null, "a", 1),
                        row(null, "b", 2),
                        row(1L, "c", null),
                        row(2L, "d", 1),
                        row(2L, "e", 1)));

        assertThat(refusal)
                .isEqualTo("entity sales/orders/v1: the batch is refused\n"
                        + "  2 rows have no key (a null in id), for example {\"id\":null}; leave them out, or set onNullKey"
                        + " to deadLetter or allow\n"
                        + "  1 rows have no ordering (number is null), for example {\"id\":1}; leave them out, or set"
                        + " onNullOrdering to oldest or deadLetter\n"
                        + "  1 keys have different rows with the same greatest ordering (number), for example {\"id\":2};"
                        + " order them by something finer, or set onTie to pickOne or deadLetter");
        assertThat(table.versions()).isEqualTo(1);
    }

    @Test
    void rowsWithoutKeyOrOrderingBecomeDeadLetters() {
        ContinuousUpdate letters = byNumber()
                .onNullKey(OnNullKey.DEAD_LETTER)
                .onNullOrdering(OnNullOrdering.DEAD_LETTER)
                .build();

        Committed committed = table.commit(
                letters,
                table.rows(
                        SCHEMA + ", extra INT",
                        row(null, "a", 1, 0),
                        row(null, "b", null, 0),
                        row(1L, "c", null, 7),
                        row(1L, "d", 1, 0),
                        row(2L, "e", null, 0)));

        assertThat(table.content()).containsExactly("[1,d,1]");
        assertThat(table.letters.received)
                .containsExactly(
                        letter("{\"id\":1,\"name\":\"c\",\"extra\":7", "NULL_ORDERING", "the ordering is null"),
                        letter("{\"id\":2,\"name\":\"e\",\"extra\":0", "NULL_ORDERING", "the ordering is null"),
                        letter("{\"name\":\"a\",\"number\":1,\"extra\":0", "NULL_KEY", "a key column is null"),
                        letter("{\"name\":\"b\",\"extra\":0", "NULL_KEY", "a key column is null"));
        assertThat(table.letters.calls).isEqualTo(1);
        assertThat(committed.counts()).isEqualTo(new Counts(1, 0, 4, 0, 0));
        assertThat(committed.details())
                .containsEntry("null-key", 2L)
                .containsEntry("null-ordering", 2L)
                .containsEntry("dead-lettered", 4L)
                .containsEntry("null-key-samples", List.of("{\"id\":null}"))
                .containsEntry("null-ordering-samples", List.of("{\"id\":1}", "{\"id\":2}"));
    }

    @Test
    void nullIsAKeyWhereItIsAllowed() {
        ContinuousUpdate allowed = byNumber().onNullKey(OnNullKey.ALLOW).build();
        table.commit(allowed, table.rows(SCHEMA, row(null, "a", 1), row(5L, "b", 1), row(null, "c", 2)));

        Committed second = table.commit(allowed, table.rows(SCHEMA, row(null, "late", 1), row(5L, "d", 2)));
        table.commit(allowed, table.rows(SCHEMA, row(null, "e", 3)));

        assertThat(table.content()).containsExactly("[5,d,2]", "[null,e,3]");
        assertThat(second.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
    }

    @Test
    void staleRowsBecomeDeadLetters() {
        ContinuousUpdate letters = byNumber().onStale(OnStale.DEAD_LETTER).build();
        table.commit(letters, table.rows(SCHEMA, row(1L, "a", 5), row(2L, "b", 5), row(3L, "c", null)));

        Committed second = table.commit(
                letters,
                table.rows(
                        SCHEMA + ", extra INT",
                        row(1L, "late", 4, 7),
                        row(1L, "later", 3, 7),
                        row(2L, "equal", 5, 7),
                        row(3L, "newer", 0, 7),
                        row(4L, "new", null, 7)));

        assertThat(table.content()).containsExactly("[1,a,5]", "[2,equal,5]", "[3,newer,0]", "[4,new,null]");
        assertThat(table.letters.received)
                .containsExactly(letter(
                        "{\"id\":1,\"name\":\"late\",\"number\":4,\"extra\":7",
                        "STALE",
                        "the table holds a newer row of the key, or the key was deleted since"));
        assertThat(second.counts()).isEqualTo(new Counts(3, 0, 1, 0, 1));
    }

    @Test
    void aBatchOfDeadLettersOnlyCommitsNothing() {
        ContinuousUpdate letters = byNumber().onNullKey(OnNullKey.DEAD_LETTER).build();

        Committed committed = table.commit(letters, table.rows(SCHEMA, row(null, "a", 1)));

        assertThat(committed.commit()).isEmpty();
        assertThat(committed.counts()).isEqualTo(new Counts(0, 0, 1, 0, 0));
        assertThat(table.versions()).isEqualTo(1);
    }
}
