package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "slices",
        description = "Which slices of a pipegraph are done, failed, under way or waiting, and what their runs did.")
final class SlicesCommand extends PipegraphCommand {

    SlicesCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        progress.show("reading the ledger");
        new SliceListing(terminal(), plan).show(session, json(), progress);
    }
}
