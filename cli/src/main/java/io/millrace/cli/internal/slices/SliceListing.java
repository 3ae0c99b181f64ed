package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.terminal.AlignedTable;
import io.millrace.cli.internal.terminal.AlignedTable.Align;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Shows what the ledger knows of the slices of a pipegraph. */
record SliceListing(Terminal terminal, PipegraphPlan plan) {

    void show(SparkSession session, boolean json, ProgressDisplay progress) {
        String name = plan.pipegraph().name();
        List<SliceEntry> entries;
        try (SliceLedger ledger = SliceLedger.open(session, plan.sliceLedger(), name)) {
            entries = ledger.list().stream()
                    .sorted(Comparator.comparing(SliceEntry::slice))
                    .toList();
        }
        progress.hide();
        if (json) {
            SliceLines lines = new SliceLines(name, terminal.out());
            entries.forEach(lines::entry);
            return;
        }
        if (entries.isEmpty()) {
            terminal.out().println("no slice of pipegraph " + name + " was run yet");
            return;
        }
        table(entries).forEach(terminal.out()::println);
        SliceCalendar.lines(entries, terminal.style()).forEach(terminal.out()::println);
    }

    private List<String> table(List<SliceEntry> entries) {
        Style style = terminal.style();
        AlignedTable table =
                new AlignedTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT);
        table.row(List.of("slice", "state", "version", "rows", "time", "finished", "").stream()
                .map(style::faint)
                .toList());
        for (SliceEntry entry : entries) {
            table.row(
                    entry.slice().name(),
                    state(entry, style),
                    entry.doneVersion() == null ? "" : entry.doneVersion(),
                    FormattedValues.number(entry.figures().rowsWritten()),
                    FormattedValues.duration(entry.figures().duration()),
                    time(entry.finished()),
                    remark(entry));
        }
        return table.lines();
    }

    static String state(SliceEntry entry, Style style) {
        String word = entry.state().name().toLowerCase(Locale.ROOT);
        return switch (entry.state()) {
            case DONE -> style.good(word);
            case FAILED -> style.bad(word);
            case RUNNING, WAITING -> style.warning(word);
        };
    }

    private static String remark(SliceEntry entry) {
        return switch (entry.state()) {
            case DONE -> "";
            case FAILED -> String.valueOf(entry.failure()).lines().findFirst().orElse("");
            case RUNNING -> "by " + entry.owner().orElse("") + ", attempt " + entry.attempt();
            case WAITING -> String.valueOf(entry.reason());
        };
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
