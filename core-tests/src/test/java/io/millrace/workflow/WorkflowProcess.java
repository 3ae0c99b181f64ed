package io.millrace.workflow;

import io.millrace.Millrace;
import io.millrace.run.EtlResult;
import io.millrace.run.RunListener;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;

/** A process that runs a workflow, and stands still in the middle of it, after an ETL, until it is killed. */
final class WorkflowProcess {

    private WorkflowProcess() {}

    /** Arguments: the workflow's file, the job and the ETL after which it stands still. */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        SparkSession session =
                MillraceSession.builder(file.resolveSibling("warehouse")).getOrCreate();
        WorkflowListener listener = new WorkflowListener() {
            @Override
            public RunListener pipegraphOf(String job) {
                return new RunListener() {
                    @Override
                    public void etlFinished(EtlResult result) {
                        if (job.equals(arguments[1]) && result.etl().equals(arguments[2])) {
                            System.out.println("stands still;");
                            stand();
                        }
                    }
                };
            }

            @Override
            public void jobEnded(JobResult result) {
                System.out.println("ended " + result.job() + ";");
            }
        };
        System.out.println("running;");
        try (Millrace millrace = Millrace.on(session)) {
            WorkflowResult result = millrace.run(plan(file, millrace), WorkflowRequest.all(), listener);
            System.out.println("result " + result.done() + ";");
        }
    }

    static WorkflowPlan plan(Path file, Millrace millrace) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file.toString());
        }
        return millrace.plan(Millrace.workflows().load(file, WorkflowSettings.NONE));
    }

    private static void stand() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
