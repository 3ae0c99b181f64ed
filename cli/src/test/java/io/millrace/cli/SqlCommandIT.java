package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class SqlCommandIT {

    private static final String VALUES =
            """
            SELECT * FROM VALUES (1, 'one', TIMESTAMP '2024-01-03 10:00:00', array(1, 2)), (20, NULL, NULL, NULL) AS t(id, name, at, some)
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void useTheSession(SparkSession session) {
        SparkSession.setActiveSession(session);
    }

    @Test
    void alignsRows() {
        assertThat(CliRun.of(folder, "sql", VALUES))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        id  name  at                   some
                         1  one   2024-01-03 10:00:00  [1, 2]
                        20  NULL  NULL                 NULL
                        2 rows
                        """,
                        ""));
    }

    @Test
    void writesRowsForPrograms() {
        assertThat(CliRun.of(folder, "sql", VALUES, "--json"))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        {"id":1,"name":"one","at":"2024-01-03T10:00:00.000Z","some":[1,2]}
                        {"id":20,"name":null,"at":null,"some":null}
                        """,
                        ""));
    }

    @Test
    void cutsWhatIsLong() {
        CliRun run = CliRun.of(
                folder, Style.PLAIN, 80, "sql", "SELECT id, repeat('x', 70) AS wide FROM range(3)", "--limit", "1");

        assertThat(run.out())
                .isEqualTo("id  wide\n 0  " + "x".repeat(59) + "…\nthe first 1 row; --limit 0 shows all\n");
    }

    @Test
    void knowsTheCatalogsOfAFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("catalogs.conf"), "plugin.iceberg.catalogs.lake_of_sql.warehouse = ${folder}/lake");
        String set = "folder=" + folder;

        CliRun.of(
                folder,
                "sql",
                "CREATE TABLE lake_of_sql.raw.numbers USING iceberg AS SELECT 7 AS id",
                "--with",
                file.toString(),
                "--set",
                set);

        assertThat(CliRun.of(
                                folder,
                                "sql",
                                "SELECT * FROM lake_of_sql.raw.numbers",
                                "--with",
                                file.toString(),
                                "--set",
                                set)
                        .out())
                .isEqualTo("id\n 7\n1 row\n");
    }

    @Test
    void knowsTheModelsOfAFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("models.conf"),
                """
                pipegraph {
                  name = models
                  models {
                    some-numbers { product = counting, value { below = ${limit} } }
                    gone         { product = drain }
                  }
                  etls = [ { name = all, inputs = { numbers = some-numbers }, output = gone } ]
                }
                """);

        assertThat(CliRun.of(
                        folder,
                        "sql",
                        "SELECT max(n) AS most FROM `some-numbers`; -- all",
                        "--with",
                        file.toString(),
                        "--set",
                        "limit=7"))
                .isEqualTo(new CliRun(ExitCode.OK, "most\n   6\n1 row\n", ""));
    }

    @Test
    void suggestsATable() throws IOException {
        Path file = Files.writeString(
                folder.resolve("models.conf"),
                """
                pipegraph {
                  name = models
                  models {
                    numbers { product = counting, value { below = 2 } }
                    gone    { product = drain }
                  }
                  etls = [ { name = all, inputs = { numbers = numbers }, output = gone } ]
                }
                """);

        assertThat(CliRun.of(folder, "sql", "SELECT n FROM nubmers", "--with", file.toString()))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: no table is named nubmers; did you mean \"numbers\"? (known: numbers)\n"));
    }

    @Test
    void asksForTheFileThatKnowsTheTable() {
        assertThat(CliRun.of(folder, "sql", "SELECT id FROM nowhere"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: no table is named nowhere; known: none; --with FILE makes the models of a pipegraph tables\n"));
    }

    @Test
    void saysWhatIsWrongWithAQuery() {
        assertThat(CliRun.of(folder, "sql", "SELECT nope FROM range(3)"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: the query is wrong: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with"
                                        + " name `nope` cannot be resolved. Did you mean one of the following? [`id`]. SQLSTATE: 42703; line 1 pos 7\n"));
    }

    @Test
    void showsWhereAQueryCannotBeRead() {
        assertThat(CliRun.of(folder, "sql", "SELECT id,, b FROM t"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                """
                        error: the query is wrong: Syntax error at or near ','.
                            SELECT id,, b FROM t
                                      ^
                        """));
    }
}
