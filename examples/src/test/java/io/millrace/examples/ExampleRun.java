package io.millrace.examples;

import io.millrace.Millrace;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs the pipegraph of an example as {@code millrace run} does, in this JVM. */
public final class ExampleRun {

    private ExampleRun() {}

    /** Runs all of a file, named from the folder of the examples, with these values set over it. */
    public static RunResult of(String file, SparkSession session, Map<String, String> set) {
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(Path.of(file), set));
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(plan, RunRequest.all(), RunListener.NONE);
        }
    }
}
