package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.deadletter.LetterFilter;
import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.LedgerEntry;
import io.millrace.internal.ledger.ReplayNote;
import io.millrace.internal.state.StampedId;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.ReplayableSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
record ReplayedLetters(EtlPlan etl, PlannedInput input, ReplayNote replay, Claim claim) {

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
        etl.outputs().forEach(output -> refuseReplacement(etl, output));
        List<PlannedInput> inputs = replayable(etl);
        Ledger ledger = remembered.orElseThrow(() -> MillraceException.user("pipegraph "
                + plan.pipegraph().name() + " cannot remember what was replayed; set pipegraph.state to a folder"));
        ClaimedWork work = ReplayNote.work(etl.name());
        Optional<ReplayNote> begun =
                ledger.unfinished(work).stream().findFirst().map(entry -> ReplayNote.noted(entry.notes()));
        ReplayNote asked = begun.orElseGet(() -> new ReplayNote(filter.condition(), batches(box, filter)));
        if (asked.batches().isEmpty()) {
            return Optional.empty();
        }
        PlannedInput input = inputs.size() == 1 ? inputs.get(0) : giver(session, etl, inputs, open(box, etl, asked));
        source(input).replayProblem().ifPresent(problem -> {
            throw MillraceException.user("ETL " + etl.name() + " cannot be replayed: " + problem);
        });
        String condition = inputs.size() == 1
                ? asked.condition()
                : "(" + asked.condition() + ") AND " + source(input).ownLetters(session);
        ReplayNote fresh = new ReplayNote(condition, begun.isPresent() ? List.of() : asked.batches());
        Claim claim = ledger.claim(work, unfinished -> chosen(unfinished, fresh));
        return Optional.of(new ReplayedLetters(etl, input, ReplayNote.noted(claim.notes()), claim));
    }

    /** Returns the letters as records of the input, by its view. */
    Map<String, Dataset<Row>> records(SparkSession session, PipegraphPlan plan) {
        Dataset<Row> letters = open(new DeadLetterBox(session, plan), etl, replay);
        return Map.of(input.input().view(), source(input).restored(letters));
    }

    private static Ledger.Choice chosen(List<LedgerEntry> unfinished, ReplayNote fresh) {
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

    private static Dataset<Row> open(DeadLetterBox box, EtlPlan etl, ReplayNote replay) {
        return open(box, new LetterFilter(etl.name(), null, null, null)).filter(replay.takes());
    }

    private static ReplayableSource source(PlannedInput input) {
        return (ReplayableSource) input.source();
    }

    /** Of several inputs that letters could come from, returns the one that these come from. */
    private static PlannedInput giver(
            SparkSession session, EtlPlan etl, List<PlannedInput> inputs, Dataset<Row> letters) {
        List<PlannedInput> givers = inputs.stream()
                .filter(each ->
                        !letters.filter(expr(source(each).ownLetters(session))).isEmpty())
                .toList();
        if (givers.size() != 1) {
            throw MillraceException.user(
                    "ETL " + etl.name() + " cannot be replayed: the dead letters are of several of its"
                            + " inputs; take those of one by --where: "
                            + inputs.stream()
                                    .map(each -> "for " + each.input().view() + " \""
                                            + source(each).ownLetters(session) + "\"")
                                    .collect(Collectors.joining(", ")));
        }
        return givers.get(0);
    }

    /** Letters that are replayed are a part of what was read: an output must not take them for all of it. */
    private static void refuseReplacement(EtlPlan etl, PlannedOutput output) {
        Optional<ReplacedRows> replaced = output.sink().replacedRows();
        boolean others = replaced.filter(List.of(ReplacedRows.ALL, ReplacedRows.SAME_PARTITIONS)::contains)
                .isPresent();
        if (others || output.output().replaces().isPresent()) {
            throw MillraceException.user(
                    "ETL " + etl.name() + " cannot be replayed: output "
                            + output.output().model() + " is written "
                            + output.replaced().orElseThrow()
                            + ", so the replayed letters would take the place of rows that are right; mend the input, and run the ETL again");
        }
    }

    /** Returns the inputs that records can be made for again. */
    private static List<PlannedInput> replayable(EtlPlan etl) {
        if (etl.streamingStep().isPresent()) {
            throw MillraceException.user("ETL " + etl.name()
                    + " cannot be replayed: its StreamingStrategy keeps a state that belongs to the stream");
        }
        List<PlannedInput> inputs = etl.inputs().stream()
                .filter(input -> input.source() instanceof ReplayableSource)
                .toList();
        if (inputs.isEmpty()) {
            throw MillraceException.user(
                    "ETL " + etl.name() + " cannot be replayed: none of its inputs can be made again"
                            + " from dead letters; topics of product kafka can, and json and csv files");
        }
        return inputs;
    }
}
