package io.millrace.cli;

import io.millrace.model.GenericModel;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.OutputNumbers;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.spi.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a person what a run did. */
final class RunText implements RunReport {

    private static final String INDENT = "    ";

    private final PipegraphPlan plan;
    private final Terminal terminal;
    private final PipegraphFile file;
    private final PluginRegistry plugins = PluginRegistry.ofClassPath();

    RunText(PipegraphPlan plan, Terminal terminal, PipegraphFile file) {
        this.plan = plan;
        this.terminal = terminal;
        this.file = file;
    }

    @Override
    public void batch(EtlResult batch) {
        // a person sees the sum
    }

    @Override
    public void etl(EtlResult result) {
        Style style = terminal.style();
        print(style.strong(result.etl()) + "  " + Words.batches(result.batches()) + " in "
                + Words.duration(result.duration()));
        for (InputNumbers input : result.inputs()) {
            String bad = input.undecodable() == 0
                    ? ""
                    : ", " + style.warning(Words.number(input.undecodable()) + " undecodable");
            print("  read " + Words.count(input.read(), "record") + " from " + input.view() + bad);
        }
        result.outputs().forEach(output -> output(result, output));
        if (result.deadLetters() > 0) {
            String model = planned(result)
                    .deadLetters()
                    .map(PlannedOutput::output)
                    .orElseThrow()
                    .model();
            print("  " + style.warning(Words.count(result.deadLetters(), "dead letter")) + " in " + model);
            SampleTable.lines(result.samples(), style).forEach(line -> print(INDENT + line));
        }
    }

    @Override
    public void finished(RunResult result, Slice slice) {
        Style style = terminal.style();
        String what = "run " + result.runId() + " of pipegraph " + style.strong(result.pipegraph())
                + (slice.equals(Slice.ALL) ? "" : ", " + slice);
        String how = result.stopped() ? style.warning("stopped") + " as asked" : style.good("done");
        print(what + ": " + how + " after " + Words.duration(result.duration()));
        if (result.etls().stream().anyMatch(this::showsLetters)) {
            print("next: " + file.command("dlq show"));
        }
        readable()
                .ifPresent(model -> print("next: "
                        + file.command(
                                "sql " + Words.argument("SELECT * FROM " + Words.identifier(model)) + " --with")));
    }

    /** Returns whether dead letters of an ETL were written to where they can be read. */
    private boolean showsLetters(EtlResult result) {
        return result.deadLetters() > 0
                && planned(result).deadLetters().stream()
                        .anyMatch(place -> canBeRead(place.output().model()));
    }

    private boolean canBeRead(String name) {
        return plan.pipegraph().models().stream()
                .anyMatch(model -> model.name().equals(name)
                        && plugins.source(model.product().name()).isPresent());
    }

    /** Returns the first model that was written and can be read. */
    private Optional<String> readable() {
        Set<String> written = plan.etls().stream()
                .flatMap(etl -> etl.outputs().stream())
                .map(output -> output.output().model())
                .collect(Collectors.toSet());
        return plan.pipegraph().models().stream()
                .map(GenericModel::name)
                .filter(model -> written.contains(model) && canBeRead(model))
                .findFirst();
    }

    private void output(EtlResult result, OutputNumbers output) {
        Style style = terminal.style();
        print("  wrote " + style.strong(output.model()) + ": " + fates(output.counts()));
        planned(result).outputs().stream()
                .filter(planned -> planned.output().model().equals(output.model()))
                .forEach(planned -> print(INDENT + style.faint(planned.sink().description())));
        if (output.replayed() > 0) {
            print(INDENT + Words.batches(output.replayed()) + " found committed by an earlier attempt");
        }
        output.expectations().forEach((name, rows) -> {
            if (rows > 0) {
                print(INDENT + style.warning(name + " not met by " + Words.count(rows, "row")));
            }
        });
        if (!output.details().isEmpty()) {
            Map<String, Object> last = output.details().get(output.details().size() - 1);
            if (!last.isEmpty()) {
                print(INDENT + (result.batches() > 1 ? "last batch: " : "") + details(last));
            }
        }
        output.warnings().forEach(warning -> print(INDENT + style.warning("warning: ") + warning));
    }

    private static String fates(Counts counts) {
        List<String> fates = new ArrayList<>();
        fates.add(Words.count(counts.committed(), "row") + " committed");
        add(counts.dropped(), "dropped", fates);
        add(counts.deadLettered(), "dead-lettered", fates);
        add(counts.stale(), "stale", fates);
        add(counts.collapsed(), "collapsed", fates);
        return String.join(", ", fates);
    }

    private static void add(long rows, String fate, List<String> fates) {
        if (rows > 0) {
            fates.add(Words.number(rows) + " " + fate);
        }
    }

    private static String details(Map<String, Object> details) {
        return details.entrySet().stream()
                .map(detail -> detail.getKey() + " "
                        + (detail.getValue() instanceof Long number ? Words.number(number) : detail.getValue()))
                .collect(Collectors.joining(", "));
    }

    private EtlPlan planned(EtlResult result) {
        return plan.etls().stream()
                .filter(etl -> etl.name().equals(result.etl()))
                .findFirst()
                .orElseThrow();
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
