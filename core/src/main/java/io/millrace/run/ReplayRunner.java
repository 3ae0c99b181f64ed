package io.millrace.run;

import static org.apache.spark.sql.functions.col;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.deadletter.LetterFilter;
import io.millrace.deadletter.Replay;
import io.millrace.deadletter.ReplayLedger;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spark.Sessions;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.ReadContext;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.state.StateFolder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Sends dead letters of an ETL through it again, as one batch: decoded, by the steps, into the outputs. Those that fail again become dead letters
 * again. In an upsert a row that is older than what the table holds changes nothing. Each letter is replayed once: a replay that was killed is
 * continued by the next, with the letters it had, and what it committed is recognised.
 */
public final class ReplayRunner {

    private final SparkSession session;
    private final PipegraphPlan plan;
    private final DeadLetterBox box;
    private final RunListener listener;

    /**
     * A runner for one replay.
     *
     * @param sources the models of the same pipegraph that can be read, by name
     */
    public ReplayRunner(SparkSession session, PipegraphPlan plan, Map<String, Source> sources, RunListener listener) {
        this.session = Sessions.readingWhole(session);
        this.plan = plan;
        this.box = new DeadLetterBox(this.session, plan, sources);
        this.listener = listener;
    }

    /**
     * Replays the letters a filter takes that were not replayed yet, or those of the last replay of the ETL, where that did not come to its end.
     *
     * @param filter names the ETL
     * @return what was done; empty where there are no such letters
     * @throws MillraceException of kind USER where the ETL cannot be replayed
     */
    public Optional<RunResult> run(LetterFilter filter) {
        if (filter.etl() == null) {
            throw MillraceException.user("say whose dead letters are to be replayed: --etl NAME");
        }
        EtlPlan etl = box.etl(filter.etl());
        PlannedInput input = replayable(etl);
        StateFolder state = plan.pipegraph()
                .state()
                .map(folder -> new StateFolder(session, folder))
                .orElseThrow(() ->
                        MillraceException.user("pipegraph " + plan.pipegraph().name()
                                + " cannot remember what was replayed; set pipegraph.state to a folder"));
        ReplayLedger ledger = new ReplayLedger(state);
        return ledger.unfinished(etl.name())
                .or(() -> begin(ledger, etl, filter))
                .map(replay -> run(ledger, replay, etl, input, Findings.ofRun(etl, replay.id(), state)));
    }

    private Optional<Replay> begin(ReplayLedger ledger, EtlPlan etl, LetterFilter filter) {
        List<String> batches = open(filter).select("batch_id").distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        return batches.isEmpty()
                ? Optional.empty()
                : Optional.of(ledger.begin(etl.name(), filter.condition(), batches));
    }

    private Dataset<Row> open(LetterFilter filter) {
        return box.letters(filter)
                .filter(col("replayable").and(col(DeadLetterBox.REPLAYED).equalTo(false)));
    }

    private RunResult run(ReplayLedger ledger, Replay replay, EtlPlan etl, PlannedInput input, Findings findings) {
        long started = System.nanoTime();
        Written written = new Written();
        ReplayableSource source = (ReplayableSource) input.source();
        ReadContext context = new ReadContext(session, Slice.ALL);
        listener.etlStarted(etl.name());
        try {
            Dataset<Row> letters =
                    open(new LetterFilter(etl.name(), null, null, null)).filter(replay.takes());
            EtlResult result = new EtlBatch(etl, context, findings, replay.id(), 0, written)
                    .run(Map.of(input.input().view(), source.restored(letters)));
            ledger.finish(replay);
            findings.forget();
            listener.batchFinished(result);
            listener.etlFinished(result);
            return new RunResult(
                    plan.pipegraph().name(),
                    replay.id(),
                    List.of(result),
                    false,
                    Duration.ofNanos(System.nanoTime() - started));
        } catch (RuntimeException failed) {
            if (!written.mayHaveCommitted) {
                findings.forget();
                ledger.forget(replay);
            }
            throw failed;
        } finally {
            Sessions.forgetTables(session);
        }
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

    /** Hears whether anything may be in an output. */
    private static final class Written implements WriteLog {

        private boolean mayHaveCommitted;

        @Override
        public void beforeWrite() {}

        @Override
        public void afterWrite(CommitOutcome outcome) {
            mayHaveCommitted |= !(outcome instanceof CommitOutcome.Rejected);
        }
    }
}
