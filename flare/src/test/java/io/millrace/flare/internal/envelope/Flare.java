package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.HoconReader;
import io.millrace.config.Problem;
import io.millrace.flare.internal.depot.Depots;
import io.millrace.model.Etl;
import io.millrace.model.GenericModel;
import io.millrace.workflow.Job;
import io.millrace.workflow.LoadedWorkflow;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Texts of tests, read. */
public final class Flare {

    static final String DEPOTS =
            """
            depots {
              raw { kind = files, path = "/data/", options { "fs.s3a.access.key" = k } }
              lake { kind = iceberg, warehouse = "/lake" }
              remote { kind = iceberg, catalog { type = rest, uri = "http://catalog" } }
              stream { kind = kafka, bootstrap-servers = "localhost:9092", kafka { security.protocol = SSL }, registry { url = "http://registry" } }
              plain { kind = kafka, bootstrap-servers = ["a:1", "b:2"] }
            }
            """;

    private Flare() {}

    public static Depots depots() {
        return Depots.of(HoconReader.parse("depots.conf", DEPOTS));
    }

    static LoadedWorkflow load(String yaml) {
        return FlareLoader.load("wf.yaml", yaml, depots());
    }

    /** A workflow with one job, whose content is indented by two levels of its own. */
    static String job(String content) {
        return """
                version: v1
                name: taxi
                type: workflow
                workflow:
                  dag:
                    - name: load
                      spec:
                        stack: flare:7.0
                        stackSpec:
                          job:
                """
                + content.indent(12);
    }

    /** The job of a text in which nothing is wrong. */
    static Job right(String content) {
        LoadedWorkflow loaded = load(job(content));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.workflow().jobs()).hasSize(1);
        return loaded.workflow().jobs().get(0);
    }

    static GenericModel model(Job job, String name) {
        GenericModel model = job.pipegraph().pipegraph().modelsByName().get(name);
        assertThat(model).isNotNull();
        return Objects.requireNonNull(model);
    }

    static List<Etl> etls(Job job) {
        return job.pipegraph().pipegraph().etls();
    }

    static String problems(LoadedWorkflow loaded) {
        return lines(loaded.problems());
    }

    static String warnings(LoadedWorkflow loaded) {
        return lines(loaded.warnings());
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
