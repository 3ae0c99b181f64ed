package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Millrace;
import io.millrace.config.MillraceException;
import io.millrace.deadletter.LetterFilter;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.spi.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of outputs whose runs replace what earlier runs have written: the rows of a slice ({@code replaces = "day = :run_date"}), or the
 * partitions that a run has rows for. To be extended for each product and format. The target has the columns {@code id BIGINT, day DATE, note STRING}
 * and is partitioned by {@code day}.
 */
public abstract class ReplacementContract {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2024, 1, 2);

    private final SparkSession session;
    private final Path folder;

    /**
     * For subclasses.
     *
     * @param folder for files of the tests, in which the subclass may have others
     */
    protected ReplacementContract(SparkSession session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /** Returns the settings of plugins that the target needs, in HOCON; none by default. */
    protected String settings() {
        return "";
    }

    /** Makes the target, where the first batch does not; nothing by default. */
    protected void prepare() {}

    /** Returns a model of the target to which rows are added, in HOCON: {@code { product = …, value { … } } }. */
    protected abstract String appending();

    /** Returns a model of the target in which a batch replaces the partitions that it has rows for. */
    protected abstract String replacingPartitions();

    /** Returns how the plan describes the first of these, up to what it replaces. */
    protected abstract String description();

    /** Returns the rows of the target, read anew. */
    protected abstract Dataset<Row> rows();

    @BeforeEach
    void prepareTarget() {
        prepare();
    }

    @Test
    protected void aRunReplacesTheRowsOfItsSliceAndNoOthers() {
        run("", SECOND, row(9, "2024-01-02", "before"), row(1, "2024-01-01", "of another day"));
        run("", FIRST, row(1, "2024-01-01", "a"), row(2, "2024-01-01", "b"), row(3, "2024-01-02", "of another day"));

        RunResult again = run("", FIRST, row(1, "2024-01-01", "new"));

        assertThat(shown()).containsExactly("1 2024-01-01 new", "9 2024-01-02 before");
        assertThat(again.etl("days").output("target").counts()).isEqualTo(Counts.committed(1));
    }

    @Test
    protected void aRunReplacesAPartOfWhatOneBatchHasWritten() {
        add(
                row(1, "2024-01-01", "a"),
                row(2, "2024-01-02", "b"),
                row(3, "2024-01-02", "c"),
                "{ id = 4, note = \"no day\" }");

        RunResult result = runWhere("day = :run_date OR day < DATE'2000-01-01'", row(5, "2024-01-01", "new"));

        assertThat(shown()).containsExactly("2 2024-01-02 b", "3 2024-01-02 c", "4 no day", "5 2024-01-01 new");
        assertThat(result.etl("days").output("target").counts()).isEqualTo(Counts.committed(1));
    }

    @Test
    protected void aRunWithoutRowsEmptiesItsSlice() {
        run("", FIRST, row(1, "2024-01-01", "a"));
        run("", SECOND, row(2, "2024-01-02", "b"));

        run("", FIRST, row(2, "2024-01-02", "of another day"));

        assertThat(shown()).containsExactly("2 2024-01-02 b");
    }

    @Test
    protected void theSameRunReplacesOnce() {
        RunRequest named = RunRequest.of(Slice.of(FIRST)).named("run-1");
        run("", named, row(1, "2024-01-01", "a"));
        run("", FIRST, row(2, "2024-01-01", "b"));

        RunResult again = run("", named, row(1, "2024-01-01", "a"));

        assertThat(again.etl("days").output("target").replayed()).isEqualTo(1);
        assertThat(shown()).containsExactly("2 2024-01-01 b");
    }

    @Test
    protected void aRowOutsideOfTheSliceFailsTheRunAndNothingIsReplaced() {
        run("", FIRST, row(1, "2024-01-01", "a"));

        assertThatThrownBy(() -> run(
                        "steps = []",
                        FIRST,
                        row(1, "2024-01-01", "new"),
                        row(2, "2024-01-02", "outside"),
                        row(3, "2024-01-01", "c")))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessageContaining(
                        "ETL days, output target: the run replaces the rows where day = DATE '2024-01-01', and would write one outside of that; leave"
                                + " such rows out in a step, or set dead-letters: {\"id\":2,\"day\":\"2024-01-02\",\"note\":\"outside\"}");
        assertThat(shown()).containsExactly("1 2024-01-01 a");
    }

    @Test
    protected void rowsOutsideOfTheSliceBecomeDeadLetters() {
        RunResult result = run(
                "steps = [], dead-letters = letters",
                FIRST,
                row(1, "2024-01-01", "a"),
                row(2, "2024-01-02", "outside"),
                "{ id = 3, note = \"no day\" }");

        assertThat(shown()).containsExactly("1 2024-01-01 a");
        assertThat(result.etl("days").output("target").counts()).isEqualTo(new Counts(1, 0, 2, 0, 0));
        assertThat(session.read()
                        .parquet(folder + "/letters")
                        .select("reason_code", "stage", "reason")
                        .distinct()
                        .collectAsList())
                .singleElement()
                .hasToString(
                        "[OUTSIDE_OF_SLICE,sink,the run replaces the rows where day = DATE '2024-01-01', and this is none]");
        assertThatThrownBy(() -> run(
                        "steps = [], dead-letters = letters",
                        RunRequest.replay(new LetterFilter("days", null, null, null)),
                        row(1, "2024-01-01", "a")))
                .hasMessage(
                        "ETL days cannot be replayed: output target is written in place of the rows where day = :run_date, so the replayed letters"
                                + " would take the place of rows that are right; mend the input, and run the ETL again");
    }

    @Test
    protected void aRunThatHasNoValueForTheSliceFails() {
        assertThatThrownBy(() -> run(
                        "steps = [ { name = all, sql = \"SELECT * FROM given\" } ]",
                        RunRequest.all(),
                        row(1, "2024-01-01", "a")))
                .hasMessageContaining(
                        "ETL days, output target: replaces uses :run_date, which this run does not have; give --date, --window or --partitions");
    }

    @Test
    protected void thePlanSaysWhatIsReplaced() {
        assertThat(plan("", appending(), List.of(row(1, "2024-01-01", "a")))
                        .describe()
                        .text())
                .contains("  output  target             " + description()
                        + ", in place of the rows where day = :run_date, exactly once");
        assertThat(plan("", replacingPartitions(), List.of(row(1, "2024-01-01", "a")), "")
                        .describe()
                        .text())
                .contains(", in place of the partitions it has rows for, exactly once");
    }

    @Test
    protected void partitionsThatARunHasRowsForAreReplaced() {
        runOfPartitions(row(1, "2024-01-01", "a"), row(2, "2024-01-02", "b"), row(3, "2024-01-03", "c"));
        runOfPartitions(row(4, "2024-01-02", "new"), row(5, "2024-01-04", "d"));
        runOfPartitions("{ id = 9, day = \"1900-01-01\", note = left }");

        assertThat(shown()).containsExactly("1 2024-01-01 a", "3 2024-01-03 c", "4 2024-01-02 new", "5 2024-01-04 d");
    }

    /** Leaves rows out that are of 1900, so that a run may have none. */
    private void runOfPartitions(String... rows) {
        String steps = "steps = [ { name = chosen, sql = \"SELECT * FROM given WHERE day > DATE'1900-01-01'\" } ]";
        Millrace.on(session).run(plan(steps, replacingPartitions(), List.of(rows), ""), RunRequest.all());
    }

    /** Adds rows of any day. */
    private void add(String... rows) {
        String steps = "steps = [ { name = chosen, sql = \"SELECT * FROM given\" } ]";
        Millrace.on(session).run(plan(steps, appending(), List.of(rows), ""), RunRequest.all());
    }

    private static String row(int id, String day, String note) {
        return "{ id = " + id + ", day = \"" + day + "\", note = \"" + note + "\" }";
    }

    private RunResult run(String etl, LocalDate day, String... rows) {
        return run(etl, RunRequest.of(Slice.of(day)), rows);
    }

    private RunResult run(String etl, RunRequest request, String... rows) {
        return Millrace.on(session).run(plan(etl, appending(), List.of(rows)), request);
    }

    /** Runs for the first day, in place of the rows for which a condition is true. */
    private RunResult runWhere(String condition, String... rows) {
        PipegraphPlan plan = plan("", appending(), List.of(rows), ", replaces = \"" + condition + "\"");
        return Millrace.on(session).run(plan, RunRequest.of(Slice.of(FIRST)));
    }

    private PipegraphPlan plan(String etl, String target, List<String> rows) {
        return plan(etl, target, rows, ", replaces = \"day = :run_date\"");
    }

    /** @param etl settings of the ETL; steps that take the rows of the run's date, where it has none */
    private PipegraphPlan plan(String etl, String target, List<String> rows, String replaces) {
        String ofDay = "steps = [ { name = chosen, sql = \"SELECT * FROM given WHERE day = :run_date\" } ]";
        String sliced = etl.startsWith("steps = []")
                ? etl.replace(
                        "steps = []",
                        "steps = [ { name = dated, sql = \"SELECT *, :run_date AS run FROM given\" }, { name = chosen, sql = \"SELECT id, day, note FROM dated\" } ]")
                : etl;
        String text =
                """
                %s
                pipegraph {
                  name = replacing, state = "%s/state"
                  models {
                    source { product = values, value { schema = "id BIGINT, day DATE, note STRING", rows = [ %s ] } }
                    target %s
                    letters { product = files, value { path = "%s/letters" } }
                  }
                  etls = [ { name = days, inputs { given = source }, outputs = [ { model = target%s } ], %s } ]
                }
                """
                        .formatted(
                                settings(),
                                folder,
                                String.join(", ", rows),
                                target,
                                folder,
                                replaces,
                                sliced.isEmpty() ? ofDay : sliced);
        Path file = folder.resolve("replacing.conf");
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return Millrace.on(session).plan(file);
    }

    private List<String> shown() {
        return rows().orderBy("id").selectExpr("concat_ws(' ', id, day, note)").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
