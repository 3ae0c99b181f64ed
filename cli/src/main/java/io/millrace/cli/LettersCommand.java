package io.millrace.cli;

import io.millrace.load.LoadedPipegraph;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.Source;
import java.util.Map;
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
        LoadedPipegraph loaded = letters.pipegraph().load();
        Planner planner = new Planner(PluginRegistry.ofClassPath());
        PipegraphPlan plan = planner.plan(loaded);
        Map<String, Source> sources = planner.sources(loaded);
        try (ProgressDisplay progress = new ProgressDisplay(surroundings.terminal())) {
            progress.show("starting Spark");
            run(spark.open(surroundings.sessions()), plan, sources, progress);
        }
    }

    /**
     * Does it.
     *
     * @param sources the models of the file that can be read
     */
    abstract void run(SparkSession session, PipegraphPlan plan, Map<String, Source> sources, ProgressDisplay progress);

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
