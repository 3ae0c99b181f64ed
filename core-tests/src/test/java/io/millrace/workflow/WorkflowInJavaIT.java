package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Millrace;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.model.Pipegraph;
import io.millrace.testkit.Memory;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({MillraceSession.class, Memory.Extension.class})
class WorkflowInJavaIT {

    private final SparkSession spark;

    WorkflowInJavaIT(SparkSession spark) {
        this.spark = spark;
    }

    private static Pipegraph pipegraph(String text) {
        ConfigDocument document = HoconReader.parse("pipegraph", text);
        return PipegraphLoader.load(document).pipegraph();
    }

    private static Pipegraph rides(int vendor) {
        return pipegraph(
                """
                pipegraph { name = rides-of-vendor-%s
                  models {
                    reports { product = values, value { schema = "vendor INT", rows = [ { vendor = %s } ] } }
                    rides   { product = memory, value { table = rides } }
                  }
                  etls = [ { name = append, inputs { reports = reports }, output = rides } ] }
                """
                        .formatted(vendor, vendor));
    }

    private long run(String state, Pipegraph minutes) {
        Workflow taxi = Workflow.named("taxi")
                .maxConcurrentJobs(2)
                .state(state)
                .job("vendor-one", rides(1))
                .job(Job.named("vendor-two", rides(2))
                        .retry(new JobRetry(2, Duration.ofSeconds(10), JobRetry.On.TRANSIENT)))
                .job(Job.named("minutes", minutes).after("vendor-one", "vendor-two"))
                .build();
        try (Millrace millrace = Millrace.on(spark)) {
            WorkflowResult result = millrace.run(taxi).orThrow();
            return result.job("minutes").rows();
        }
    }

    @Test
    void jobsWaitForEachOther(Memory memory, @TempDir Path folder) {
        memory.create("rides", "vendor INT");
        memory.create("minutes", "vendor INT, rides LONG");

        long rows = run(
                folder.toString(),
                pipegraph(
                        """
                        pipegraph { name = minutes
                          models { rides { product = memory }, minutes { product = memory } }
                          etls = [ { name = sum, inputs { rides = rides }, output = minutes
                            steps = [ { name = sums, sql = "SELECT vendor, count(*) AS rides FROM rides GROUP BY vendor" } ] } ] }
                        """));

        assertThat(rows).isEqualTo(2);
        assertThat(folder.resolve("taxi/runs")).isNotEmptyDirectory();
    }

    @Test
    void whatIsWrongWithAJobIsSaidBeforeAnythingRuns(Memory memory, @TempDir Path folder) {
        var rides = memory.create("rides", "vendor INT");
        Pipegraph wrong = pipegraph(
                """
                pipegraph { name = minutes
                  models { rides { product = memory } }
                  etls = [ { name = sum, inputs { rides = ride }, output = rides } ] }
                """);

        assertThatThrownBy(() -> run(folder.toString(), wrong))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(
                        "settings  job minutes, pipegraph.etls[0].inputs.rides: no model is named \"ride\"; did you mean \"rides\"? (known: rides)");
        assertThat(rides.rows()).isEmpty();
    }
}
