package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.PipegraphCommand;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "release",
        description =
                "Take slices from a process that is known to be dead, before it counts as dead by itself (at once on the same"
                        + " machine, after two minutes on another one). They count as failed, and the next run goes on with them.")
final class LateDataReleaseCommand extends PipegraphCommand {

    @Option(
            names = "--date",
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "This date alone; without it, every slice that is under way.")
    private @Nullable LocalDate date;

    LateDataReleaseCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        String name = plan.pipegraph().name();
        List<SliceEntry> released;
        try (SliceLedger ledger = SliceLedger.open(session, plan.sliceLedger(), name)) {
            released = ledger.release(
                    entry -> date == null || entry.slice().equals(Slice.of(date)), "it was released by a person");
        }
        progress.hide();
        tell(name, released);
    }

    private void tell(String name, List<SliceEntry> released) {
        Terminal terminal = terminal();
        if (json()) {
            SliceLines lines = new SliceLines(name, terminal.out());
            released.forEach(lines::entry);
        } else if (released.isEmpty()) {
            terminal.out().println("nobody is at a slice" + (date == null ? "" : " of " + date));
        } else {
            released.forEach(entry -> terminal.out()
                    .println(entry.slice().name() + "  released from "
                            + entry.owner().orElse("nobody") + "; run " + entry.run()
                            + " is gone on with by the next run"));
        }
    }
}
