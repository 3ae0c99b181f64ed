package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
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
class DlqCommandIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String file = "";

    @BeforeEach
    void deliver(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        Files.createDirectories(folder.resolve("incoming"));
        Files.writeString(
                folder.resolve("incoming/events.json"),
                "{\"id\": 1}\n{\"id\": \"zażółć\"}\n{\"id\": 3\n{\"id\": -4}\n");
        file = Files.writeString(
                        folder.resolve("orders.conf"),
                        """
                        pipegraph {
                          name = orders
                          state = "%1$s/state"
                          models {
                            events { product = files, value { path = "%1$s/incoming", format = json, schema = "id BIGINT" } }
                            kept { product = files, value { path = "%1$s/kept" } }
                            dead { product = files, value { path = "%1$s/dead" } }
                          }
                          etls = [ { name = keep, inputs { events = events }, output = kept, dead-letters = dead
                            expectations = [ { name = positive, that = "id > 0", otherwise = dead-letter } ] } ]
                        }
                        """
                                .formatted(folder))
                .toString();
    }

    @Test
    void countsAndShowsThem() {
        assertThat(dlq("list", file))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                etl  stage  reason_code  letters  replayed  first  last
                0 rows
                """,
                        ""));
        assertThat(CliRun.of(folder, "run", file).code()).isEqualTo(ExitCode.OK);

        assertThat(dlq("list", file))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        etl  stage  reason_code  letters  replayed  first  last
                        keep  decode  MALFORMED_JSON  2  0  TIME  TIME
                        keep  expectation  EXPECTATION_NOT_MET  1  0  TIME  TIME
                        2 rows
                        """,
                        ""));
        assertThat(dlq("show", file, "--where", "value LIKE '%za%'"))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        etl  from  failed_at  reason_code  reason  value
                        keep  PATH  TIME  MALFORMED_JSON  id is no BIGINT  {"id": "zażółć"}
                        1 row
                        """,
                        ""));
        CliRun json = dlq("show", file, "--stage", "expectation", "--json");
        assertThat(json.out())
                .contains(
                        "\"value\":\"eyJpZCI6IC00fQ==\"",
                        "\"replayable\":true",
                        "\"etl\":\"keep\"",
                        "\"replayed\":false");
        assertThat(dlq("list", file, "--reason", "NONE", "--json").out()).isEmpty();
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        CliRun.of(folder, "run", file);
        Files.writeString(
                Path.of(file), Files.readString(Path.of(file)).replace(", format = json, schema = \"id BIGINT\"", ""));

        assertThat(dlq("replay", file, "--etl", "keep"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                """
                                error: ETL keep cannot be replayed: none of its inputs can be made again from dead letters; topics of product kafka can, and json and csv files
                                """));
        assertThat(dlq("list", file, "--where", "id >").err())
                .startsWith("error: --where is not an expression of Spark SQL: ");
        assertThat(dlq("lsit", file).err()).contains("lsit");
        assertThat(dlq().code()).isEqualTo(ExitCode.USER);
        assertThat(dlq().err()).contains("list", "show", "replay");
    }

    private CliRun dlq(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dlq";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CliRun run = CliRun.of(folder, all);
        return new CliRun(
                run.code(),
                run.out()
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "TIME")
                        .replaceAll("file:\\S+", "PATH")
                        .replaceAll(" {3,}", "  "),
                run.err());
    }
}
