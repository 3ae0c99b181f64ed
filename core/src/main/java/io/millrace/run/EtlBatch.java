package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.QueryPlans;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReadContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * One batch of an ETL, of a batch run and of a stream alike: read, decode, apply the steps, write every output, then the dead letters.
 *
 * <p>Dead letters that follow from the input alone are written after the outputs, and only where counting them on the way has found some: from what
 * was kept of them on the way, or in a pass of their own. A crash in between loses none: the outputs of the replayed batch are recognised, and then
 * the dead letters are looked for in any case.
 */
final class EtlBatch {

    private final String pipegraph;
    private final EtlPlan etl;
    private final ReadContext context;
    private final String request;
    private final long number;
    private final PinnedLookups lookups;
    private final WriteLog log;
    private final RowRules rules;

    /** A batch of an ETL of that pipegraph. */
    EtlBatch(
            String pipegraph,
            EtlPlan etl,
            ReadContext context,
            PinnedLookups lookups,
            String request,
            long number,
            WriteLog log) {
        this.pipegraph = pipegraph;
        this.etl = etl;
        this.context = context;
        this.lookups = lookups;
        this.request = request;
        this.number = number;
        this.log = log;
        this.rules = new RowRules(etl.etl());
    }

    /** Runs the batch; records that are given, by view, are not read. */
    EtlResult run(Map<String, Dataset<Row>> given) {
        long started = System.nanoTime();
        lookups.begin(number);
        while (true) {
            try {
                return run(started, given);
            } catch (RuntimeException failed) {
                if (!lookups.missing(failed)) {
                    throw failed instanceof MillraceException known ? FailedSql.located(etl, known) : failed;
                }
            }
        }
    }

    private EtlResult run(long started, Map<String, Dataset<Row>> given) {
        BatchInputs inputs = BatchInputs.read(etl, context, lookups, given);
        lookups.keep();
        BatchSteps steps = new BatchSteps(etl, context, inputs.views(), log.memory());
        Dataset<Row> result = steps.result();
        List<OutputWriter> writers = writers(result);
        lookups.keep();
        inputs.begin();
        boolean kept = isUsedAgain(result);
        if (kept) {
            result.persist(StorageLevel.MEMORY_AND_DISK());
        }
        try {
            EtlResult batch = write(started, inputs, steps, result, writers);
            BatchLog.add(pipegraph, request, number, batch);
            return batch;
        } finally {
            if (kept) {
                result.unpersist();
            }
        }
    }

    private List<OutputWriter> writers(Dataset<Row> result) {
        List<OutputWriter> writers = new ArrayList<>();
        for (PlannedOutput output : etl.outputs()) {
            Optional<ReplacedSlice> replaced = ReplacedSlice.of(etl, output, context.slice());
            ColumnRule contract = ColumnRule.of(etl, output, context.session(), result.schema(), lookups);
            List<OutputRule> rulesOfOutput = new ArrayList<>(replaced.stream().toList());
            if (!contract.mismatches().isEmpty()) {
                rulesOfOutput.add(contract);
            }
            String condition = replaced.map(ReplacedSlice::condition).orElse(null);
            writers.add(new OutputWriter(output, condition, rules.under(rulesOfOutput), log));
        }
        return writers;
    }

    private EtlResult write(
            long started, BatchInputs inputs, BatchSteps steps, Dataset<Row> result, List<OutputWriter> writers) {
        DeadLetterWriter deadLetters =
                new DeadLetterWriter(etl.deadLetters().orElse(null), request, number, etl.mode(), log, inputs);
        List<OutputNumbers> outputs = new ArrayList<>();
        for (OutputWriter writer : writers) {
            OutputId id = writer.output().id();
            outputs.add(writer.write(new BatchId(id, request, number), etl.mode(), result, deadLetters.of(id)));
        }
        boolean replayed = outputs.stream().anyMatch(output -> output.replayed() > 0);
        boolean computed = outputs.stream().anyMatch(output -> output.replayed() == 0);
        List<InputNumbers> numbers = computed ? inputs.numbers(result) : List.of();
        deadLetters.write(found(inputs, steps, result, writers, numbers, outputs, replayed));
        if (!replayed && steps.deadLetters().isEmpty() && outputs.size() == 1) {
            deadLetters.check(numbers, outputs.get(0));
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        return new EtlResult(etl.name(), 1, numbers, outputs, deadLetters.written(), deadLetters.samples(), duration);
    }

    /** Returns where dead letters are to be looked for: where some were counted, or where an earlier attempt did the counting. */
    private List<Dataset<Row>> found(
            BatchInputs inputs,
            BatchSteps steps,
            Dataset<Row> result,
            List<OutputWriter> writers,
            List<InputNumbers> numbers,
            List<OutputNumbers> outputs,
            boolean replayed) {
        List<Dataset<Row>> found = new ArrayList<>();
        steps.deadLetters().forEach(refused -> found.add(inputs.withOriginals(refused)));
        boolean undecodable = numbers.stream().anyMatch(input -> input.undecodable() > 0);
        if (undecodable || replayed) {
            found.addAll(inputs.undecodable(result, !replayed));
        }
        boolean unmet = rules.has(Otherwise.DEAD_LETTER)
                && (replayed
                        || outputs.stream().anyMatch(output -> output.counts().deadLettered() > 0));
        if (unmet) {
            found.add(inputs.withOriginals(rules.deadLetters(taken(result))));
        }
        for (int i = 0; i < writers.size(); i++) {
            if (replayed || outputs.get(i).counts().deadLettered() > 0) {
                writers.get(i).refused(result).map(inputs::withOriginals).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Returns the rows that at least one output takes. */
    private Dataset<Row> taken(Dataset<Row> result) {
        boolean all = etl.outputs().stream()
                .anyMatch(output -> output.output().where().isEmpty());
        return all
                ? result
                : result.filter(etl.outputs().stream()
                        .map(output -> functions.expr(output.output().where().orElseThrow()))
                        .reduce(functions.lit(false), org.apache.spark.sql.Column::or));
    }

    /** A result that several outputs take, or that would not come out the same for the dead letters, is computed once. */
    private boolean isUsedAgain(Dataset<Row> result) {
        return etl.outputs().size() > 1 || (etl.deadLetters().isPresent() && !QueryPlans.deterministic(result));
    }
}
