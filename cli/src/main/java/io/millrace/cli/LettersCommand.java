package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;

/** What the commands on dead letters have in common: the pipegraph, read once, a session, and which letters are meant. */
abstract class LettersCommand implements Runnable {

    private final Surroundings surroundings;

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    LettersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public final void run() {
        PipegraphPlan plan = letters.pipegraph().plan();
        try (ProgressDisplay progress = new ProgressDisplay(surroundings.terminal())) {
            progress.show("starting Spark");
            run(spark.open(surroundings.sessions()), plan, progress);
        }
    }

    /** Does it. */
    abstract void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress);

    LetterOptions letters() {
        return letters;
    }

    Terminal terminal() {
        return surroundings.terminal();
    }

    boolean json() {
        return output.json();
    }
}
