package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the fields of lines in JSON with the tables of the page on the command line. */
@Tag("processes")
class JsonLinesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final String PIPEGRAPH =
            """
            pipegraph {
              name = p, description = d, owner = o, state = state
              models {
                in  { product = files, value { path = in, format = json, schema = "id BIGINT, price DOUBLE" } }
                out { product = files, value { path = out, format = parquet } }
                bad { product = files, value { path = bad, format = parquet } }
              }
              etls = [
                { name = e
                  inputs { v = in }
                  steps = [ { name = s, sql = "SELECT * FROM v" } ]
                  outputs = [ { model = out, where = "id > 0" } ]
                  expectations = [ { name = has-price, that = "price > 0", otherwise = dead-letter } ]
                  dead-letters = bad
                  trigger = available-now }
              ]
            }
            """;

    private final Page page = Page.at("docs/command-line.md");

    @Test
    void theFieldsAreThose(@TempDir Path folder) throws Exception {
        try (Checkout checkout = Checkout.in(folder)) {
            Files.writeString(folder.resolve("p.conf"), PIPEGRAPH);
            Files.writeString(folder.resolve("bad.conf"), "pipegraph {\n  nam = p }\n");
            Files.createDirectories(folder.resolve("in"));
            Files.writeString(
                    folder.resolve("in/1.jsonl"), "{\"id\": 1, \"price\": 2}\n{\"id\": 2, \"price\": 0}\n{\n");

            List<String> wrong = new ArrayList<>();
            for (Map.Entry<String, List<String>> command : Map.of(
                            "check bad.conf", List.of("### problem", "### failure"),
                            "check p.conf", List.of("### check"),
                            "plan p.conf --connect", List.of("### plan", "### etl, of plan", "### connected"),
                            "describe files", List.of("### product", "### setting"),
                            "run p.conf", List.of("### etl, of run", "### run"))
                    .entrySet()) {
                compare(checkout, command.getKey(), command.getValue(), wrong);
            }

            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void thoseOfACompactionToo(@TempDir Path folder) throws Exception {
        try (Checkout checkout = Checkout.in(folder)) {
            Files.writeString(
                    folder.resolve("p.conf"),
                    """
                    pipegraph {
                      name = p
                      models {
                        in  { product = values, value { schema = "id INT", rows = [ { id = 1 } ] } }
                        out { product = files, value { path = out } }
                      }
                      etls = [ { name = e, inputs { v = in }, output = out } ]
                    }
                    """);
            for (int run = 0; run < 2; run++) {
                assertThat(checkout.millrace("./millrace run p.conf").code()).isZero();
            }

            List<String> wrong = new ArrayList<>();
            compare(checkout, "compact p.conf", List.of("### folder", "### compaction"), wrong);

            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void thoseOfAWorkflowToo(@TempDir Path folder) throws Exception {
        try (Checkout checkout = Checkout.in(folder)) {
            Files.writeString(
                    folder.resolve("p.conf"),
                    """
                    column = id
                    pipegraph {
                      name = p
                      models {
                        in  { product = values, value { schema = "id INT", rows = [ { id = 1 } ] } }
                        out { product = files, value { path = out } }
                      }
                      etls = [ { name = e, inputs { v = in }, steps = [ { name = s, sql = "SELECT "${column}" FROM v" } ], output = out } ]
                    }
                    """);
            Files.writeString(
                    folder.resolve("w.conf"),
                    """
                    workflow { name = w, state = state, jobs = [
                      { name = a, file = "p.conf" }
                      { name = b, file = "p.conf", set { column = "id / 0" }, retry { count = 1, on = always }, after = a }
                      { name = c, file = "p.conf", after = b } ] }
                    """);

            List<String> wrong = new ArrayList<>();
            compare(checkout, "workflow check w.conf", List.of("### check, of a workflow"), wrong);
            compare(
                    checkout,
                    "workflow graph w.conf",
                    List.of("### workflow, of its graph", "### job, of its graph"),
                    wrong);
            compare(
                    checkout,
                    "workflow run w.conf --dry-run",
                    List.of("### workflow, of its graph", "### job, of its graph", "### etl, of plan"),
                    wrong);
            compare(
                    checkout,
                    "workflow run w.conf",
                    List.of(
                            "### etl, of a workflow",
                            "### retry",
                            "### job, of a run",
                            "### workflow, of a run",
                            "### failure"),
                    wrong);

            assertThat(wrong).isEmpty();
        }
    }

    private void compare(Checkout checkout, String command, List<String> headings, List<String> wrong)
            throws Exception {
        Set<String> seen = new TreeSet<>();
        for (String line :
                checkout.millrace("./millrace " + command + " --json").out()) {
            JsonNode object = JSON.readTree(line);
            String type = object.path("type").asText();
            String heading = headings.stream()
                    .filter(each -> each.startsWith("### " + type))
                    .findFirst()
                    .orElse(type.equals("batch") ? "### etl, of run" : "no heading for " + type);
            seen.add(heading);
            compare(command + ": " + type, object, heading, wrong);
        }
        assertThat(seen).as(command).isEqualTo(Set.copyOf(headings));
    }

    private void compare(String what, JsonNode object, String heading, List<String> wrong) {
        Map<String, Set<String>> nested = new TreeMap<>();
        Set<String> required = new TreeSet<>();
        Set<String> allowed = new TreeSet<>();
        for (List<String> row : page.rawTable(heading)) {
            Set<String> names = words(row.get(0));
            allowed.addAll(names);
            if (!row.get(0).startsWith("*")) {
                required.addAll(names);
            }
            if (row.get(1).startsWith("list of `")) {
                nested.put(names.iterator().next(), words(row.get(1)));
            }
        }
        Set<String> fields = names(object);
        if (!allowed.containsAll(fields) || !fields.containsAll(required)) {
            wrong.add(what + " has " + fields + " but the page " + allowed);
        }
        nested.forEach((field, names) -> object.path(field).forEach(element -> {
            if (!names.containsAll(names(element))) {
                wrong.add(what + "." + field + " has " + names(element) + " but the page " + names);
            }
        }));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> words(String cell) {
        return WORD.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
