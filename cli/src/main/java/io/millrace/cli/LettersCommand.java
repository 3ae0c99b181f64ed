package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;

/** What the commands on dead letters have in common: the pipegraph, read once, a session, and which letters are meant. */
abstract class LettersCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    LettersCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public final void run() {
        PipegraphPlan plan = letters.pipegraph().plan();
        try (ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            progress.show("starting Spark");
            run(spark.open(environment.sessions()), plan, progress);
        }
    }

    /** Does it. */
    abstract void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress);

    LetterOptions letters() {
        return letters;
    }

    Terminal terminal() {
        return environment.terminal();
    }

    boolean json() {
        return output.json();
    }
}
