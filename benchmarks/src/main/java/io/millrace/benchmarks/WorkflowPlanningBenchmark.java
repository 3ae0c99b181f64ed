package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.plan.PluginRegistry;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowPlanner;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long it takes from the text of a workflow in YAML to a plan that can run: read, checked, every query parsed, every plugin asked. Each job reads
 * files and a table, has two queries and a function, and appends to a table with partitions.
 *
 * <p>Arguments: {@code jobs=N} in the file (500); {@code rounds=N} that count (9) after {@code warm-ups=N} that do not (20). The very first is told by
 * itself.
 */
public final class WorkflowPlanningBenchmark {

    private static final String DEPOTS =
            """
            depots {
              dropzone  { kind = files, path = "/data" }
              lakehouse { kind = iceberg, warehouse = "/lake" }
            }
            """;

    private final Path file;
    private final int jobs;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> ofProcessor = new ArrayList<>();

    private WorkflowPlanningBenchmark(Path file, int jobs) {
        this.file = file;
        this.jobs = jobs;
    }

    /** Runs the benchmark and prints three lines: what is planned, and how long it took the first time and later. */
    public static void main(String[] arguments) throws IOException {
        run(Arguments.of(arguments, Map.of("jobs", "500", "rounds", "9", "warm-ups", "20")), System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        int jobs = arguments.number("jobs");
        int rounds = arguments.number("rounds");
        int warmUps = arguments.number("warm-ups");
        Path file = Files.createTempFile("millrace-benchmark", ".yaml");
        try {
            Files.writeString(file, yaml(jobs));
            WorkflowPlanningBenchmark first = new WorkflowPlanningBenchmark(file, jobs);
            first.round();
            WorkflowPlanningBenchmark warmingUp = new WorkflowPlanningBenchmark(file, jobs);
            for (int round = 0; round < warmUps; round++) {
                warmingUp.round();
            }
            WorkflowPlanningBenchmark warm = new WorkflowPlanningBenchmark(file, jobs);
            for (int round = 0; round < rounds; round++) {
                warm.round();
            }
            out.printf(
                    Locale.ROOT,
                    "%d jobs, %,d bytes; %d rounds after %d that do not count; medians (least-greatest)%n",
                    jobs,
                    Files.size(file),
                    rounds,
                    warmUps);
            out.println("the first time               " + first);
            out.println("warm                         " + warm);
        } finally {
            Files.delete(file);
        }
    }

    private void round() {
        System.gc();
        long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long started = System.nanoTime();
        WorkflowSettings settings = new WorkflowSettings(Map.of(), null, HoconReader.parse("depots", DEPOTS));
        WorkflowPlan plan = new WorkflowPlanner(PluginRegistry.ofClassPath())
                .plan(Millrace.workflows().load(file, settings));
        seconds.add((System.nanoTime() - started) / 1e9);
        ofProcessor.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread) / 1e9);
        if (plan.jobs().size() != jobs) {
            throw new IllegalStateException(plan.jobs().size() + " jobs were planned, not " + jobs);
        }
    }

    @Override
    public String toString() {
        return new Seconds(seconds) + "   of it on a processor " + new Seconds(ofProcessor);
    }

    private static String yaml(int jobs) {
        StringBuilder yaml = new StringBuilder(
                """
                version: v1
                name: many
                type: workflow
                workflow:
                  dag:
                """);
        for (int job = 0; job < jobs; job++) {
            yaml.append(
                    """
                        - name: job-%1$d
                          dependencies: [%2$s]
                          spec:
                            stack: flare:4.0
                            stackSpec:
                              job:
                                inputs:
                                  - name: rides
                                    dataset: dataos://dropzone:none/rides-%1$d?acl=r
                                    format: json
                                  - name: zones
                                    dataset: dataos://lakehouse:raw/zones?acl=r
                                steps:
                                  - sequence:
                                      - name: clean
                                        sql: SELECT id, vendor, date(to_timestamp(pickup / 1000)) AS day, zone, duration FROM rides WHERE duration > %1$d
                                      - name: joined
                                        sql: SELECT c.*, z.borough, CASE WHEN duration > 3600 THEN 'long' ELSE 'short' END AS kind FROM clean c LEFT JOIN zones z ON c.zone = z.id
                                        functions:
                                          - name: cleanse_column_names
                                outputs:
                                  - name: joined
                                    dataset: dataos://lakehouse:raw/rides_%3$d?acl=rw
                                    options:
                                      saveMode: append
                                      iceberg:
                                        properties:
                                          write.format.default: parquet
                                        partitionSpec:
                                          - type: identity
                                            column: vendor
                                            name: of_vendor
                                          - type: month
                                            column: day
                                            name: month
                    """
                            .formatted(job, job < 10 ? "" : "job-" + (job - 10), job % 20));
        }
        return yaml.toString();
    }
}
