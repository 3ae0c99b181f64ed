package io.millrace.cli.internal.command;

import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;

/** What commands have in common that look at what a pipegraph has left behind: the pipegraph, read once, and a session. */
public abstract class PipegraphCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public PipegraphCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public final void run() {
        PipegraphPlan plan = pipegraph.plan();
        try (ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            progress.show("starting Spark");
            run(spark.open(environment.sessions()), plan, progress);
        }
    }

    /** Does it. */
    protected abstract void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress);

    protected PipegraphFile pipegraph() {
        return pipegraph;
    }

    protected Terminal terminal() {
        return environment.terminal();
    }

    protected boolean json() {
        return output.json();
    }
}
