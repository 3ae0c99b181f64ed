package io.millrace.examples.crash;

import io.millrace.Millrace;
import io.millrace.latedata.LateDataRequest;
import io.millrace.latedata.LateDataResult;
import io.millrace.latedata.LateDataRunner;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceListener;
import io.millrace.slices.SliceResult;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A process that runs what is due, again and again, and says what it does, until it is killed. */
final class LateDataProcess {

    private LateDataProcess() {}

    /** Arguments: the folder, and the file of the pipegraph. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        SparkSession session = MillraceSession.builder(folder.resolve("warehouse"))
                .config("spark.local.dir", folder.resolve("local").toString())
                .getOrCreate();
        System.out.println("session open");
        PipegraphPlan plan = plan(session, folder, Path.of(arguments[1]));
        while (true) {
            LateDataResult result = run(session, plan);
            if (result.slices().isEmpty()) {
                Thread.sleep(200);
            }
        }
    }

    static PipegraphPlan plan(SparkSession session, Path folder, Path file) {
        return Millrace.on(session).plan(file, Map.of("folder", folder.toString()));
    }

    static LateDataResult run(SparkSession session, PipegraphPlan plan) {
        try (LateDataRunner runner = new LateDataRunner(session, plan, new Speaking())) {
            return runner.run(LateDataRequest.all());
        }
    }

    private static final class Speaking implements SliceListener {

        @Override
        public void sliceStarted(SliceEntry entry) {
            System.out.println("slice " + entry.slice().name() + " begins, attempt " + entry.attempt());
        }

        @Override
        public void sliceEnded(SliceResult result) {
            System.out.println("slice " + result.slice().name() + " " + result.status() + " "
                    + (result.failure() == null ? "" : result.failure().getMessage()));
        }
    }
}
