package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.run.EtlResult;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a person what became of slices: a line for each, when it has ended, and how many of each sort there are. */
final class SliceResultText implements SliceReport {

    private final String pipegraph;
    private final Terminal terminal;
    private final String again;

    /** @param again the command that goes on with what is not done */
    SliceResultText(String pipegraph, Terminal terminal, String again) {
        this.pipegraph = pipegraph;
        this.terminal = terminal;
        this.again = again;
    }

    @Override
    public void slice(SliceResult result) {
        Style style = terminal.style();
        print(style.strong(result.slice().name()) + "  " + ending(result, style));
        if (result.takenOver() != null) {
            print("  goes on with run " + result.runId().orElse("") + ", which " + result.takenOver()
                    + " had begun and left");
        }
        if (!result.requested().isEmpty()) {
            print("  " + style.warning("late") + ", to be run again: " + names(result.requested()));
        }
    }

    private static String ending(SliceResult result, Style style) {
        SliceEntry entry = result.entry();
        return switch (result.status()) {
            case DONE ->
                style.good("done") + " in " + FormattedValues.duration(result.duration()) + ", "
                        + FormattedValues.count(written(result), "row") + " written"
                        + (entry == null || entry.version() == null ? "" : ", as of version " + entry.version());
            case DONE_BEFORE -> style.good("done") + " before";
            case HELD ->
                style.warning("left out") + ": "
                        + (entry == null ? "somebody else" : entry.owner().orElse("somebody else")) + " is at it";
            case FAILED ->
                style.bad("failed") + " after " + FormattedValues.duration(result.duration()) + ": "
                        + (result.failure() == null ? "" : result.failure().getMessage());
            case STOPPED -> style.warning("stopped") + " as asked";
        };
    }

    private static long written(SliceResult result) {
        return result.etls().stream()
                .map(EtlResult::outputs)
                .flatMap(List::stream)
                .mapToLong(output -> output.counts().committed())
                .sum();
    }

    @Override
    public void finished(List<SliceResult> results, List<Slice> waiting, Duration duration) {
        Style style = terminal.style();
        List<String> counts = new ArrayList<>();
        for (Status status : Status.values()) {
            long slices =
                    results.stream().filter(each -> each.status() == status).count();
            if (slices > 0) {
                counts.add(FormattedValues.number(slices) + " "
                        + switch (status) {
                            case DONE -> "done";
                            case DONE_BEFORE -> "done before";
                            case HELD -> "held by others";
                            case FAILED -> "failed";
                            case STOPPED -> "stopped";
                        });
            }
        }
        print(FormattedValues.count(results.size(), "slice") + " of pipegraph " + style.strong(pipegraph) + " after "
                + FormattedValues.duration(duration) + (counts.isEmpty() ? "" : ": " + String.join(", ", counts)));
        if (!waiting.isEmpty()) {
            print("waiting to be run again: " + names(waiting));
        }
        boolean open =
                results.stream().anyMatch(each -> each.status() != Status.DONE && each.status() != Status.DONE_BEFORE);
        if (open || !waiting.isEmpty()) {
            print("next: " + again);
        }
    }

    private static String names(List<Slice> slices) {
        return slices.stream().map(Slice::name).collect(Collectors.joining(", "));
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
