package io.millrace.cli.internal.run;

import io.millrace.cli.internal.command.DetailOption.Detail;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.model.GenericModel;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a person what a run did. */
public final class RunText implements RunReport {

    private final PipegraphPlan plan;
    private final Terminal terminal;
    private final @Nullable PipegraphFile file;
    private final Detail detail;
    private final PluginRegistry plugins = PluginRegistry.ofClassPath();

    public RunText(PipegraphPlan plan, Terminal terminal, @Nullable PipegraphFile file, Detail detail) {
        this.detail = detail;
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
        new EtlReportText(plan, terminal.style(), detail).lines(result).forEach(this::print);
    }

    @Override
    public void finished(RunResult result, Slice slice) {
        Style style = terminal.style();
        String what = "run " + result.runId() + " of pipegraph " + style.strong(result.pipegraph())
                + (slice.equals(Slice.ALL) ? "" : ", " + slice);
        String how = result.stopped() ? style.warning("stopped") + " as asked" : style.good("done");
        print(what + ": " + how + " after " + FormattedValues.duration(result.duration()));
        if (file != null) {
            propose(file, result);
        }
    }

    private void propose(PipegraphFile file, RunResult result) {
        if (result.etls().stream().anyMatch(this::showsLetters)) {
            print("next: " + file.command("dlq show"));
        }
        readable()
                .ifPresent(model -> print("next: "
                        + file.command(
                                "sql " + FormattedValues.argument("SELECT * FROM " + FormattedValues.identifier(model))
                                        + " --with")));
    }

    /** Returns whether dead letters of an ETL were written to where they can be read. */
    private boolean showsLetters(EtlResult result) {
        return result.deadLetters() > 0
                && EtlReportText.planned(plan, result).deadLetters().stream()
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

    private void print(String line) {
        terminal.out().println(line);
    }
}
