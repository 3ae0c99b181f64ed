package io.millrace.run;

import static org.apache.spark.sql.functions.col;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.deadletter.LetterFilter;
import io.millrace.deadletter.Replay;
import io.millrace.ledger.Claim;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerEntry;
import io.millrace.ledger.Work;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spi.ReplayableSource;
import io.millrace.state.StampedId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Dead letters of an ETL that are run in place of its input: which they are, and the claim on them.
 *
 * @param etl the ETL
 * @param input the input that they are made into
 * @param replay which letters
 * @param claim keeps others from replaying the same
 */
record ReplayedLetters(EtlPlan etl, PlannedInput input, Replay replay, Claim claim) {

    /**
     * Claims the letters that a filter takes, or those of the last replay of the ETL, where that did not come to its end.
     *
     * @param session in which rows are read as a whole
     * @return empty where there are none
     * @throws MillraceException of kind USER where the ETL cannot be replayed
     */
    static Optional<ReplayedLetters> claim(
            SparkSession session, PipegraphPlan plan, Optional<Ledger> remembered, LetterFilter filter) {
        DeadLetterBox box = new DeadLetterBox(session, plan);
        EtlPlan etl = box.etl(String.valueOf(filter.etl())).ofRun();
        PlannedInput input = replayable(etl);
        Ledger ledger = remembered.orElseThrow(() -> MillraceException.user("pipegraph "
                + plan.pipegraph().name() + " cannot remember what was replayed; set pipegraph.state to a folder"));
        Work work = Replay.work(etl.name());
        boolean begun = !ledger.unfinished(work).isEmpty();
        Replay fresh = new Replay(filter.condition(), begun ? List.of() : batches(box, filter));
        if (!begun && fresh.batches().isEmpty()) {
            return Optional.empty();
        }
        Claim claim = ledger.claim(work, unfinished -> chosen(unfinished, fresh));
        return Optional.of(new ReplayedLetters(etl, input, Replay.noted(claim.notes()), claim));
    }

    /** Returns the letters as records of the input, by its view. */
    Map<String, Dataset<Row>> records(SparkSession session, PipegraphPlan plan) {
        Dataset<Row> letters = open(new DeadLetterBox(session, plan), new LetterFilter(etl.name(), null, null, null))
                .filter(replay.takes());
        return Map.of(input.input().view(), ((ReplayableSource) input.source()).restored(letters));
    }

    private static Ledger.Choice chosen(List<LedgerEntry> unfinished, Replay fresh) {
        return unfinished.isEmpty()
                ? new Ledger.Choice(StampedId.of("replay"), fresh.notes())
                : new Ledger.Choice(unfinished.get(0).id());
    }

    private static List<String> batches(DeadLetterBox box, LetterFilter filter) {
        return open(box, filter).select("batch_id").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static Dataset<Row> open(DeadLetterBox box, LetterFilter filter) {
        return box.letters(filter)
                .filter(col("replayable").and(col(DeadLetterBox.REPLAYED).equalTo(false)));
    }

    private static PlannedInput replayable(EtlPlan etl) {
        if (etl.streamingStep().isPresent()) {
            throw MillraceException.user("ETL " + etl.name()
                    + " cannot be replayed: its StreamingStrategy keeps a state that belongs to the stream");
        }
        List<PlannedInput> inputs = etl.inputs().stream()
                .filter(input -> input.source() instanceof ReplayableSource)
                .toList();
        if (inputs.size() != 1) {
            throw MillraceException.user("ETL " + etl.name() + " cannot be replayed: "
                    + (inputs.isEmpty()
                            ? "none of its inputs can be made again from dead letters; those of product kafka can"
                            : "several of its inputs could have given the dead letters"));
        }
        return inputs.get(0);
    }
}
