package io.millrace.examples.crash;

import io.millrace.deadletter.LetterFilter;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A process that replays dead letters, to be killed. */
final class ReplayProcess {

    private ReplayProcess() {}

    /** Arguments: the folder and the file of the pipegraph. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        SparkSession session = MillraceSession.builder(folder.resolve("warehouse"))
                .config("spark.local.dir", folder.resolve("local").toString())
                .getOrCreate();
        System.out.println("session open");
        replay(session, Path.of(arguments[1]), Map.of("schema", ReplayCrashIT.MENDED));
        System.out.println("replayed");
    }

    static int replay(SparkSession session, Path file, Map<String, String> set) {
        return new PipegraphRunner(
                        session,
                        new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(file, set)),
                        RunRequest.replay(new LetterFilter("keep", null, null, null)),
                        RunListener.NONE)
                .run()
                .etls()
                .size();
    }
}
