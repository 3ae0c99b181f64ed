package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Why an upsert sends a row to the dead letters. The names are the reason codes. */
enum UpsertRejectionReason {
    /** A key column is null. */
    NULL_KEY("a key column is null"),
    /** The ordering is null. */
    NULL_ORDERING("the ordering is null"),
    /** Nobody knows which row of the key is the newest. */
    ORDERING_TIE("another row of the key has the same ordering and says something else"),
    /** The table knows better. */
    STALE("the table holds a newer row of the key, or the key was deleted since");

    private final String sentence;

    UpsertRejectionReason(String sentence) {
        this.sentence = sentence;
    }

    /** Returns rows that carry {@link UpsertColumns#ORIGINAL} as the dead letters want them. */
    Dataset<Row> letters(Dataset<Row> rows) {
        return rows.select(col(UpsertColumns.ORIGINAL + ".*"), rejection().as(Rejection.COLUMN));
    }

    /** Returns the same for rows without a key, and for rows without an ordering. */
    static Dataset<Row> letters(Dataset<Row> rows, Column withKey) {
        return rows.select(
                col(UpsertColumns.ORIGINAL + ".*"),
                when(withKey, NULL_ORDERING.rejection())
                        .otherwise(NULL_KEY.rejection())
                        .as(Rejection.COLUMN));
    }

    private Column rejection() {
        return Rejection.of(DeadLetterStage.SINK, name(), lit(sentence));
    }
}
