package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.PipegraphCommand;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "slices",
        description = "Which slices of a pipegraph are done, failed, under way or waiting, and what their runs did.")
public final class SlicesCommand extends PipegraphCommand {

    public SlicesCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        progress.show("reading the ledger");
        new SliceListing(terminal(), plan).show(session, json(), progress);
    }
}
