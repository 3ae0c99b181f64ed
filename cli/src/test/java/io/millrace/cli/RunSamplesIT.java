package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What the report of a run shows of its dead letters. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class RunSamplesIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String file = "";

    /** A record that is no JSON, with a command for terminals, a row that does not meet an expectation, and one that the upsert refuses. */
    @BeforeEach
    void deliver(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/a.json"),
                "{\"id\": 1, \"n\": 1}\n{\"id\": \u001b[31m\n{\"id\": 2, \"n\": -1, \"note\": \"zażółć gęślą jaźń, zażółć gęślą jaźń\"}\n{\"n\": 5}\n");
        file = Files.writeString(
                        folder.resolve("p.conf"),
                        """
                        plugin.microservice-catalog.entities = [
                          { coordinates { domain = d, name = n, version = v1 }, table = n, format = Delta, location = "%1$s/n"
                            schema = "id BIGINT, n BIGINT" } ]
                        pipegraph {
                          name = p
                          models {
                            in { product = files, value { path = "%1$s/in", format = json, schema = "id BIGINT, n BIGINT" } }
                            out { product = parallelWrite, value {
                              writerDetails { writerType = continuousUpdate, keys = [id], orderingExpression = n, onNullKey = deadLetter }
                              entityDetails { domain = d, name = n, version = v1 } } }
                            dead { product = files, value { path = "%1$s/dead" } }
                          }
                          etls = [ { name = e, inputs { in = in }, output = out, dead-letters = dead
                            expectations = [ { name = positive, that = "n > 0", otherwise = dead-letter } ] } ]
                        }
                        """
                                .formatted(folder))
                .toString();
    }

    @Test
    void aPersonAndAProgramSeeWhatIsWrong() {
        assertThat(CliRun.of(folder, "run", file)
                        .out()
                        .replaceAll("…\\S+/in/", "…/in/")
                        .replaceAll("(?<=\\S) {2,}", "  "))
                .contains(
                        """
                          3 dead letters in dead
                            sink  NULL_KEY  …/in/a.json:4  a key column is null  {"n": 5}
                            decode  MALFORMED_JSON  …/in/a.json:2  the line is not JSON: Illegal character ((CTRL-CHAR, code…  {"id":  [31m
                            expectation  EXPECTATION_NOT_MET  …/in/a.json:3  expectation positive is not met: n > 0 is not true  {"id": 2, "n": -1, "note": "zażółć gęśl…
                        """)
                .contains("\nnext: millrace dlq show " + file + "\n");
        assertThat(CliRun.of(folder, "run", file, "--json").out().replace(folder.toString(), "PATH"))
                .contains(
                        """
                        "dead_letters":3,"dead_letter_samples":[\
                        {"stage":"sink","reason_code":"NULL_KEY","reason":"a key column is null","from":"file:PATH/in/a.json:4","value":"{\\"n\\": 5}"},\
                        {"stage":"decode","reason_code":"MALFORMED_JSON","reason":"the line is not JSON: Illegal character ((CTRL-CHAR, code 27)): only regular white space (\\\\r, \\\\n, \\\\t) is allowed between tokens, at column 9","from":"file:PATH/in/a.json:2","value":"{\\"id\\": \\u001B[31m"},\
                        {"stage":"expectation","reason_code":"EXPECTATION_NOT_MET","reason":"expectation positive is not met: n > 0 is not true","from":"file:PATH/in/a.json:3","value":"{\\"id\\": 2, \\"n\\": -1, \\"note\\": \\"zażółć gęślą jaźń, zażółć gęślą jaźń\\"}"}],\
                        """);
    }
}
