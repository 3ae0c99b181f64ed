package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "slices",
        description = "Which slices of a pipegraph are done, failed, under way or waiting, and what their runs did.")
final class SlicesCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    SlicesCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        PipegraphPlan plan = pipegraph.plan();
        try (ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            progress.show("starting Spark");
            SparkSession session = spark.open(environment.sessions());
            progress.show("reading the ledger");
            new SliceListing(environment.terminal(), plan).show(session, output.json(), progress);
        }
    }
}
