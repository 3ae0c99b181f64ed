package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunRequest.Allowance;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint is its ETL's, as new as what its targets hold, and of what the stream reads; else the stream is refused. */
@ExtendWith(MillraceSession.class)
class CheckpointsIT {

    private static final String DELTA = "product = table, value { path = \"FOLDER/NAME\" }";
    private static final String PARQUET = "product = files, value { path = \"FOLDER/NAME\" }";

    private final SparkSession session;
    private final Path folder;
    private String target = PARQUET;
    private String in = "in";

    CheckpointsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private void arrive(String name, int... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int id : ids) {
            lines.append("{\"id\": ").append(id).append("}\n");
        }
        Files.writeString(Files.createDirectories(folder.resolve(in)).resolve(name), lines);
    }

    private RunResult run(String pipegraph, RunRequest request) {
        String text =
                """
                pipegraph {
                  name = "%1$s", state = "%2$s/state"
                  models {
                    in { product = files, value { path = "%2$s/%3$s", format = json, schema = "id BIGINT" } }
                    out { %4$s }
                  }
                  etls = [ { name = keep, inputs { in = in }, output = out, trigger = available-now } ]
                }
                """
                        .formatted(
                                pipegraph,
                                folder,
                                in,
                                target.replace("FOLDER", folder.toString()).replace("NAME", pipegraph));
        PipegraphPlan plan =
                new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("p.conf", text)));
        return new PipegraphRunner(session, plan, request, RunListener.NONE).run();
    }

    private RunResult run(String pipegraph) {
        return run(pipegraph, RunRequest.all());
    }

    private List<Long> ids(String pipegraph) {
        String format = target.equals(DELTA) ? "delta" : "parquet";
        return session
                .read()
                .format(format)
                .load(folder.resolve(pipegraph).toString())
                .select("id")
                .collectAsList()
                .stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    @Test
    void pipegraphsWithOneStateFolderHaveTheirOwn() throws IOException {
        arrive("a", 1, 2);
        run("one");
        run("two");
        arrive("b", 3);
        run("one");

        assertThat(ids("one")).containsExactly(1L, 2L, 3L);
        assertThat(ids("two")).containsExactly(1L, 2L);
        assertThat(folder.resolve("state/checkpoints/one/keep/_millrace.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {PARQUET, DELTA})
    void oneThatIsOlderThanTheTargetIsRefused(String product) throws IOException {
        target = product;
        arrive("a", 1);
        run("p");
        copy(folder.resolve("state"), folder.resolve("backup"));
        arrive("b", 2);
        run("p");
        delete(folder.resolve("state"));
        copy(folder.resolve("backup"), folder.resolve("state"));
        arrive("c", 3);

        assertThatThrownBy(() -> run("p"))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .message()
                .matches("ETL keep: the checkpoint \\Q" + folder.resolve("state/checkpoints/p/keep")
                        + "\\E is older than what it was for: it knows of batches up to 0, and out \\(.*\\) holds batch 1 of this"
                        + " stream. New rows would be taken for those of batches that are there, and be lost. Restore a checkpoint that is"
                        + " as new as the target; or delete it and begin anew with --accept-new-checkpoint, which reads everything and"
                        + " writes it again");
        assertThat(ids("p")).containsExactly(1L, 2L);
    }

    @Test
    void oneWhoseFilesLieElsewhereIsRefused() throws IOException {
        arrive("a", 1);
        run("p");
        in = "moved";
        arrive("a", 1);

        assertThatThrownBy(() -> run("p"))
                .hasMessage("ETL keep: the checkpoint " + folder.resolve("state/checkpoints/p/keep")
                        + " is not of what the stream reads now: the path of the files was file:" + folder.resolve("in")
                        + ", and is file:" + folder.resolve("moved")
                        + ". What the checkpoint says was read is not what was read here, so rows would be passed over or come twice."
                        + " Put back what was there; or, to read this from its beginning, delete the checkpoint and begin anew with"
                        + " --accept-new-checkpoint, which leaves in the targets what they hold");
        delete(folder.resolve("state/checkpoints"));
        run("p", RunRequest.all().accepting(Allowance.NEW_CHECKPOINT));

        assertThat(ids("p")).containsExactly(1L, 1L);
    }

    @Test
    void oneOfTheEarlierFormIsTakenOverByThePipegraphWhoseTargetKnowsIt() throws IOException {
        arrive("a", 1);
        run("one");
        earlier("one");
        arrive("b", 2);

        assertThatThrownBy(() -> run("two"))
                .hasMessage("ETL keep: the checkpoint " + folder.resolve("state/checkpoints/keep")
                        + " does not say which pipegraph it is of, and the targets of this one hold no commit of it. If it is of pipegraph"
                        + " two, move it to " + folder.resolve("state/checkpoints/two/keep")
                        + "; else run the one that it is of first, which takes it over");
        run("one");
        run("two");

        assertThat(ids("one")).containsExactly(1L, 2L);
        assertThat(ids("two")).containsExactly(1L, 2L);
        assertThat(folder.resolve("state/checkpoints/keep")).doesNotExist();
    }

    /** The checkpoint of ETL keep becomes a folder of the pipegraph that is called so, too. */
    @Test
    void oneOfTheEarlierFormMayHaveTheNameOfItsPipegraph() throws IOException {
        arrive("a", 1);
        run("keep");
        earlier("keep");
        arrive("b", 2);

        run("keep");

        assertThat(ids("keep")).containsExactly(1L, 2L);
    }

    @Test
    void whatSparkNotesWithoutSayingWhoseItIsIsAnError() throws IOException {
        arrive("a", 1);
        run("p");
        Path note = folder.resolve("state/checkpoints/p/keep/_millrace.json");
        Files.delete(note);

        assertThatThrownBy(() -> run("p", RunRequest.all().accepting(Allowance.NEW_CHECKPOINT)))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(
                        "the state of the pipegraph cannot be read: " + note
                                + ": it is not there, but what Spark notes of a stream is; restore it from a backup. Whoever deletes it lets go"
                                + " what it remembers: a run that did not finish is written a second time then, and a stream begins anew");
    }

    @Test
    void whoeverFindsAnotherAtTheCheckpointIsTold() throws IOException {
        arrive("a", 1);
        RunListener second = new RunListener() {
            @Override
            public void batchFinished(EtlResult batch) {
                run("p");
            }
        };
        PipegraphPlan plan = plan();

        assertThatThrownBy(() -> new PipegraphRunner(session, plan, RunRequest.all(), second).run())
                .hasStackTraceContaining("ETL keep of pipegraph p is under way, in this process, since ");
        run("p");

        assertThat(ids("p")).containsExactly(1L);
    }

    private PipegraphPlan plan() {
        return new Planner(PluginRegistry.ofClassPath())
                .plan(
                        PipegraphLoader.load(
                                HoconReader.parse(
                                        "p.conf",
                                        "pipegraph { name = p, state = \"" + folder
                                                + "/state\", models { in { product = files, value { path = \""
                                                + folder + "/in\", format = json, schema = \"id BIGINT\" } }, out { "
                                                + target.replace("FOLDER", folder.toString())
                                                        .replace("NAME", "p")
                                                + " } }, etls = [ { name = keep, inputs { in = in }, output = out, trigger = available-now } ] }")));
    }

    /** Puts the checkpoint where it lay, and takes out of it what was not noted, before it lay below the name of its pipegraph. */
    private void earlier(String pipegraph) throws IOException {
        Path now = folder.resolve("state/checkpoints/" + pipegraph + "/keep");
        Path between = folder.resolve("between");
        Files.move(now, between);
        Files.delete(now.getParent());
        Path before = folder.resolve("state/checkpoints/keep");
        Files.move(between, before);
        Path note = before.resolve("_millrace.json");
        Files.writeString(note, Files.readString(note).replaceAll(",\"pipegraph\".*", "}"));
        delete(folder.resolve("state/runs"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
