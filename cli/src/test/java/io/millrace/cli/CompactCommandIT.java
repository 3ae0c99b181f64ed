package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
@Tag("thorough")
class CompactCommandIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String file = "";

    @BeforeEach
    void write(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        file = file("", "");
        for (int run = 0; run < 2; run++) {
            assertThat(CliRun.of(folder, "run", file).code()).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void everyModelThatCanBeIsCompacted() {
        assertThat(shown(CliRun.of(folder, "compact", file)))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                                plain: 4 files became 2
                                  FOLDER/plain/day=mon  2 → 1 file  SIZE → SIZE
                                  FOLDER/plain/day=tue  2 → 1 file  SIZE → SIZE
                                table: 4 files became 2
                                  FOLDER/table  4 → 2 files  SIZE → SIZE
                                dead: nothing to compact
                                """,
                        ""));
        assertThat(shown(CliRun.of(folder, "compact", file)).out())
                .isEqualTo("plain: nothing to compact\ntable: nothing to compact\ndead: nothing to compact\n");
        assertThat(CliRun.of(
                                folder,
                                "sql",
                                "SELECT count(*) AS n FROM plain JOIN table USING (id, day)",
                                "--with",
                                file)
                        .out())
                .contains("8");
    }

    @Test
    void oneModelAndSomePartitionsForAProgram() {
        assertThat(shown(CliRun.of(folder, "compact", file, "plain", "--where", "day = 'mon'", "--json")))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                                {"type":"folder","model":"plain","folder":"FOLDER/plain/day=mon","files_before":2,"bytes_before":N,"files_after":1,"bytes_after":N}
                                {"type":"compaction","model":"plain","folders":1,"notes":[]}
                                """,
                        ""));
        assertThat(shown(CliRun.of(folder, "compact", file, "table", "--where", "day = 'mon'", "--json"))
                        .out())
                .isEqualTo(
                        """
                        {"type":"folder","model":"table","folder":"FOLDER/table","files_before":4,"bytes_before":N,"files_after":3,"bytes_after":N}
                        {"type":"compaction","model":"table","folders":1,"notes":[]}
                        """);
        assertThat(shown(CliRun.of(folder, "compact", file, "--target-file-size", "10", "--json"))
                        .out())
                .isEqualTo(
                        """
                        {"type":"compaction","model":"plain","folders":0,"notes":[]}
                        {"type":"compaction","model":"table","folders":0,"notes":[]}
                        {"type":"compaction","model":"dead","folders":0,"notes":[]}
                        """);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        refused(
                "model screen (console, the first 20 rows of each batch) cannot be compacted; known: dead, plain, table",
                "compact",
                file,
                "screen");
        refused(
                "no ETL writes a model \"plaine\" that can be compacted; did you mean \"plain\"? (known: dead, plain, table)",
                "compact",
                file,
                "plaine");
        refused(
                "--target-file-size must be a size such as 128MB, not \"large\"",
                "compact",
                file,
                "--target-file-size",
                "large");
        assertThat(CliRun.of(folder, "compact", file, "--where", "day =").err())
                .startsWith("error: --where is not an expression of Spark SQL: ");
        assertThat(CliRun.of(folder, "compact", file, "plain", "--where", "id = 1")
                        .err())
                .startsWith("error: cannot compact parquet files in " + folder
                        + "/plain: id = 1 is not about its partition columns (day): ");
        refused(
                "model plain cannot be compacted: ETL follow reads it as a stream, and would take the rows of the files that a compaction writes for new ones",
                "compact",
                file("{ name = follow, inputs { p = plain }, output = screen, trigger = available-now }", ""),
                "plain");
        refused(
                "pipegraph orders writes nothing that can be compacted: Delta tables, Parquet files and entities can",
                "compact",
                file("{ name = follow, inputs { p = given }, output = screen }", "only"));
    }

    private void refused(String message, String... arguments) {
        assertThat(CliRun.of(folder, arguments)).isEqualTo(new CliRun(ExitCode.USER, "", "error: " + message + "\n"));
    }

    private CliRun shown(CliRun run) {
        String out = run.out()
                .replace("file:" + folder, "FOLDER")
                .replace(folder.toString(), "FOLDER")
                .replaceAll("[\\d.]+ (kB|bytes)", "SIZE")
                .replaceAll("(bytes_\\w+\":)\\d+", "$1N")
                .replaceAll("(?m)(\\S) {3,}", "$1  ");
        return new CliRun(run.code(), out, run.err());
    }

    private String file(String more, String only) throws IOException {
        String keep = only.isEmpty()
                ? "{ name = keep, inputs { given = given }, outputs = [ { model = plain }, { model = table }, { model = screen } ], dead-letters = dead }"
                : "";
        return Files.writeString(
                        folder.resolve("orders" + more.length() + ".conf"),
                        """
                        pipegraph {
                          name = orders
                          state = "%1$s/state"
                          models {
                            given { product = values, value { schema = "id INT, day STRING", rows = [{ id = 1, day = mon }, { id = 2, day = tue }] } }
                            plain { product = files, value { path = "%1$s/plain", partition-by = [day] } }
                            table { product = table, value { path = "%1$s/table", partition-by = [day] } }
                            dead { product = files, value { path = "%1$s/dead" } }
                            screen { product = console, value {} }
                          }
                          etls = [ %2$s
                            %3$s ]
                        }
                        """
                                .formatted(folder, keep, more))
                .toString();
    }
}
