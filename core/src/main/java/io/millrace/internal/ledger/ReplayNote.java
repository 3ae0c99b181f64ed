package io.millrace.internal.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Dead letters of one ETL that are sent through it again. Which they are is settled when the replay begins: those of certain batches that meet a
 * condition, so that letters that come meanwhile are not among them, and a replay that is begun again takes the same.
 *
 * @param condition an expression of Spark SQL
 * @param batches the batches whose letters they are, as in {@code batch_id}
 */
public record ReplayNote(String condition, List<String> batches) {

    private static final String CONDITION = "condition";
    private static final String BATCHES = "batches";

    /** Copies the list. */
    public ReplayNote {
        batches = List.copyOf(batches);
    }

    /** Returns what a ledger knows replays of an ETL's letters as. */
    public static ClaimedWork work(String etl) {
        return new ClaimedWork(ClaimedWork.Kind.REPLAY, etl);
    }

    /** Makes it of what the ledger notes of it. */
    public static ReplayNote noted(Map<String, String> notes) {
        return new ReplayNote(
                notes.getOrDefault(CONDITION, "true"),
                List.of(notes.getOrDefault(BATCHES, "").split("\n")));
    }

    /** Returns what the ledger is to note of it. */
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(CONDITION, condition);
        notes.put(BATCHES, String.join("\n", batches));
        return notes;
    }

    /** Says of a dead letter of the ETL whether it is one of them. */
    public Column takes() {
        return col("batch_id").isin(batches.toArray()).and(expr(condition));
    }
}
