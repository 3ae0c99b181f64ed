package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that are not there, in each place where a column is named; and texts in which all are there. */
class ColumnsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void nothingIsSaidOfColumnsThatAreThere() throws IOException {
        assertThat(problems("pipegraph.conf", text("pipegraph.conf"))).isEmpty();
        assertThat(problems("workflow.yaml", text("workflow.yaml"))).isEmpty();
    }

    static Stream<Arguments> mistakesInHocon() {
        return Stream.of(
                Arguments.of(
                        "SELECT order_id, item.price AS price",
                        "SELECT ordr_id, item.price AS price",
                        "pipegraph.conf:37:22  pipegraph.etls[0].steps[0].sql: there is no column ordr_id; did you mean \"order_id\"? (known: `odd name`, address, customer, gone, item, items, order_id, updated_at)"),
                Arguments.of(
                        "item.price AS price",
                        "item.prise AS price",
                        "pipegraph.conf:37:32  pipegraph.etls[0].steps[0].sql: there is no column item.prise; did you mean \"item.price\"? (known: item.price, item.sku)"),
                Arguments.of(
                        "explode(items)",
                        "explode(item_list)",
                        "pipegraph.conf:38:48  pipegraph.etls[0].steps[0].sql: there is no column item_list; known: `odd name`, address, customer, gone, items, order_id, updated_at"),
                Arguments.of(
                        "sum(price) AS total",
                        "sum(prices) AS total",
                        "pipegraph.conf:40:34  pipegraph.etls[0].steps[0].sql: there is no column prices; did you mean \"price\"? (known: order_id, price)"),
                Arguments.of(
                        "            GROUP BY order_id",
                        "            GROUP BY order_idd",
                        "pipegraph.conf:42:22  pipegraph.etls[0].steps[0].sql: there is no column order_idd; did you mean \"order_id\"? (known: order_id, price)"),
                Arguments.of(
                        "SELECT e.*, p.total",
                        "SELECT e.*, p.totl",
                        "pipegraph.conf:45:25  pipegraph.etls[0].steps[1].sql: there is no column p.totl; did you mean \"p.total\"? (known: p.total)"),
                Arguments.of(
                        "SELECT e.*",
                        "SELECT ee.*",
                        "pipegraph.conf:45:20  pipegraph.etls[0].steps[1].sql: there is no column ee; known: `odd name`, address, customer, gone, items, order_id, segment, total, updated_at, vip"),
                Arguments.of(
                        "c.segment,",
                        "c.segmnt,",
                        "pipegraph.conf:45:34  pipegraph.etls[0].steps[1].sql: there is no column c.segmnt; did you mean \"c.segment\"? (known: c.customer, c.segment, c.vip)"),
                Arguments.of(
                        "to_date(e.updated_at)",
                        "to_date(e.update_at)",
                        "pipegraph.conf:46:28  pipegraph.etls[0].steps[1].sql: there is no column e.update_at; did you mean \"e.updated_at\"? (known: e.`odd name`, e.address, e.customer, e.gone, e.items, e.order_id, e.updated_at)"),
                Arguments.of(
                        "PARTITION BY e.customer",
                        "PARTITION BY e.custmer",
                        "pipegraph.conf:47:52  pipegraph.etls[0].steps[1].sql: there is no column e.custmer; did you mean \"e.customer\"? (known: e.`odd name`, e.address, e.customer, e.gone, e.items, e.order_id, e.updated_at)"),
                Arguments.of(
                        "ORDER BY e.updated_at DESC",
                        "ORDER BY e.at DESC",
                        "pipegraph.conf:47:72  pipegraph.etls[0].steps[1].sql: there is no column e.at; known: e.`odd name`, e.address, e.customer, e.gone, e.items, e.order_id, e.updated_at"),
                Arguments.of(
                        "USING (order_id)",
                        "USING (order_nr)",
                        "pipegraph.conf:49:34  pipegraph.etls[0].steps[1].sql: there is no column order_nr; did you mean \"order_id\"? (known: `odd name`, address, customer, gone, items, order_id, updated_at)"),
                Arguments.of(
                        "ON c.customer = e.customer",
                        "ON c.custmer = e.customer",
                        "pipegraph.conf:50:38  pipegraph.etls[0].steps[1].sql: there is no column c.custmer; did you mean \"c.customer\"? (known: c.customer, c.segment, c.vip)"),
                Arguments.of(
                        "AND c.vip",
                        "AND vipp",
                        "pipegraph.conf:50:66  pipegraph.etls[0].steps[1].sql: there is no column vipp; did you mean \"vip\"? (known: `odd name`, address, customer, gone, items, order_id, segment, total, updated_at, vip)"),
                Arguments.of(
                        "e.address.zip",
                        "e.address.zp",
                        "pipegraph.conf:51:19  pipegraph.etls[0].steps[1].sql: there is no column e.address.zp; did you mean \"e.address.zip\"? (known: e.address.city, e.address.zip)"),
                Arguments.of(
                        "e.`odd name`",
                        "e.`odd nam`",
                        "pipegraph.conf:51:49  pipegraph.etls[0].steps[1].sql: there is no column e.`odd nam`; did you mean \"e.`odd name`\"? (known: e.`odd name`, e.address, e.customer, e.gone, e.items, e.order_id, e.updated_at)"),
                Arguments.of(
                        "EXCEPT (segment)",
                        "EXCEPT (segmnt)",
                        "pipegraph.conf:53:51  pipegraph.etls[0].steps[2].sql: there is no column segmnt; did you mean \"segment\"? (known: gone, items, place, segment, total)"),
                Arguments.of(
                        "WHERE place = 1",
                        "WHERE plase = 1",
                        "pipegraph.conf:53:80  pipegraph.etls[0].steps[2].sql: there is no column plase; did you mean \"place\"? (known: `odd name`, address, customer, gone, items, order_date, order_id, place, segment, total, updated_at)"),
                Arguments.of(
                        "that = \"total > 0\"",
                        "that = \"totl > 0\"",
                        "pipegraph.conf:56:37  pipegraph.etls[0].expectations[0].that: there is no column totl; did you mean \"total\"? (known: `odd name`, address, customer, gone, items, order_date, order_id, place, total, updated_at)"),
                Arguments.of(
                        "i -> i.price < total",
                        "i -> i.prise < total",
                        "pipegraph.conf:57:54  pipegraph.etls[0].expectations[1].that: there is no column prise; did you mean \"price\"? (known: price, sku)"),
                Arguments.of(
                        "\"exists(items, i -> i.price < total)\"",
                        "\"exists(items, i -> i.price < totl)\"",
                        "pipegraph.conf:57:62  pipegraph.etls[0].expectations[1].that: there is no column totl; did you mean \"total\"? (known: `odd name`, address, customer, gone, items, order_date, order_id, place, total, updated_at)"),
                Arguments.of(
                        "keys = [order_id]",
                        "keys = [updated_at, customr]",
                        "pipegraph.conf:21:54  pipegraph.models.orders.value.writerDetails.keys: the entity has no column customr; it has order_id, customer, total, updated_at, order_date"),
                Arguments.of(
                        "struct(updated_at, order_id)",
                        "struct(updated, order_id)",
                        "pipegraph.conf:21:102  pipegraph.models.orders.value.writerDetails.orderingExpression: the rows of ETL upsert: there is no column updated; known: `odd name`, address, customer, gone, items, order_date, order_id, place, total, updated_at"),
                Arguments.of(
                        "deleteExpression = \"gone\"",
                        "deleteExpression = \"gonee\"",
                        "pipegraph.conf:21:146  pipegraph.models.orders.value.writerDetails.deleteExpression: the rows of ETL upsert: there is no column gonee; did you mean \"gone\"? (known: `odd name`, address, customer, gone, items, order_date, order_id, place, total, updated_at)"),
                Arguments.of(
                        "to_date(e.updated_at) AS order_date",
                        "to_date(e.updated_at) AS orderdate",
                        "pipegraph.conf:23:99  pipegraph.models.orders.value.entityDetails: the rows of ETL upsert: there is no column order_date; did you mean \"orderdate\"? (known: address, customer, gone, items, odd name, order_id, orderdate, place, total, updated_at)\n"
                                + "pipegraph.conf:53:94  pipegraph.etls[0].steps[2].sql: there is no column order_date; did you mean \"orderdate\"? (known: `odd name`, address, customer, gone, items, order_id, orderdate, place, segment, total, updated_at)"),
                Arguments.of(
                        "partition-by = [order_date, city]",
                        "partition-by = [order_date, cty]",
                        "pipegraph.conf:23:111  pipegraph.models.copy.value.partition-by[1]: the rows of ETL places: there is no column cty; did you mean \"city\"? (known: city, customer, order_date, rate)"),
                Arguments.of(
                        "delta\", partition-by = [city]",
                        "delta\", partition-by = [town]",
                        "pipegraph.conf:24:82  pipegraph.models.delta.value.partition-by[0]: the rows of ETL places: there is no column town; known: city, customer, order_date, rate"),
                Arguments.of(
                        "concat(customer, '-', city)",
                        "concat(custmer, '-', city)",
                        "pipegraph.conf:25:108  pipegraph.models.sent.value.key: the rows of ETL places: there is no column custmer; did you mean \"customer\"? (known: city, customer, order_date, rate)"),
                Arguments.of(
                        "upper(city)",
                        "upper(citi)",
                        "pipegraph.conf:25:157  pipegraph.models.sent.value.headers.origin: the rows of ETL places: there is no column citi; did you mean \"city\"? (known: city, customer, order_date, rate)"),
                Arguments.of(
                        "month(at) AS month",
                        "month(att) AS month",
                        "pipegraph.conf:26:94  pipegraph.models.ranked.value.partition-by[0]: the rows of ETL visits: there is no column att; did you mean \"at\"? (known: at, customer, n, visit_id)"),
                Arguments.of(
                        "sort-by = [\"customer DESC\"]",
                        "sort-by = [\"custmer DESC\"]",
                        "pipegraph.conf:26:145  pipegraph.models.ranked.value.sort-by[0]: the rows of ETL visits: there is no column custmer; did you mean \"customer\"? (known: at, customer, n, visit_id)"),
                Arguments.of(
                        "length INT, line STRING",
                        "length INT, lin STRING",
                        "pipegraph.conf:27:102  pipegraph.models.fixed.value.schema: the rows of ETL lines: there is no column lin; did you mean \"line\"? (known: length, line)"),
                Arguments.of(
                        "where = \"city <> 'Bonn'\"",
                        "where = \"citi <> 'Bonn'\"",
                        "pipegraph.conf:66:34  pipegraph.etls[1].outputs[0].where: there is no column citi; did you mean \"city\"? (known: city, customer, order_date, rate)"),
                Arguments.of(
                        "SELECT customer, address.city,",
                        "SELECT customer, address.cities,",
                        "pipegraph.conf:63:50  pipegraph.etls[1].steps[0].sql: there is no column address.cities; did you mean \"address.city\"? (known: address.city, address.zip)"),
                Arguments.of(
                        "ORDER BY updated_at\"",
                        "ORDER BY update_at\"",
                        "pipegraph.conf:63:119  pipegraph.etls[1].steps[0].sql: there is no column update_at; known: city, customer, order_date"),
                Arguments.of(
                        "o.rate > r.rate",
                        "o.rat > r.rate",
                        "pipegraph.conf:64:138  pipegraph.etls[1].steps[1].sql: there is no column o.rat; did you mean \"o.rate\"? (known: o.city, o.rate)"),
                Arguments.of(
                        "o.rate > r.rate",
                        "o.rate > r.rat",
                        "pipegraph.conf:64:147  pipegraph.etls[1].steps[1].sql: there is no column r.rat; did you mean \"r.rate\"? (known: r.rate)"),
                Arguments.of(
                        "WINDOW w AS (PARTITION BY customer",
                        "WINDOW w AS (PARTITION BY custmer",
                        "pipegraph.conf:73:111  pipegraph.etls[2].steps[0].sql: there is no column custmer; did you mean \"customer\"? (known: at, customer, visit_id)"),
                Arguments.of(
                        "SELECT length(value)",
                        "SELECT length(valu)",
                        "pipegraph.conf:79:58  pipegraph.etls[3].steps[0].sql: there is no column valu; did you mean \"value\"? (known: value)"),
                Arguments.of(
                        "WHERE key IS",
                        "WHERE kee IS",
                        "pipegraph.conf:84:61  pipegraph.etls[4].steps[0].sql: there is no column kee; did you mean \"key\"? (known: key, value)"),
                Arguments.of(
                        "SELECT value\"",
                        "SELECT value AS text\"",
                        "pipegraph.conf:29:34  pipegraph.models.answers.value.encode.format: the rows of ETL keys: there is no column value; known: text"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakesInHocon")
    void inHocon(String right, String wrong, String message) throws IOException {
        assertThat(problems("pipegraph.conf", mistaken("pipegraph.conf", right, wrong)))
                .isEqualTo(message);
    }

    static Stream<Arguments> mistakesInYaml() {
        return Stream.of(
                Arguments.of(
                        "SELECT *, fare * 2",
                        "SELECT *, fair * 2",
                        "workflow.yaml:49:33  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: there is no column fair; known: at, fare, id, note, trip, vendor"),
                Arguments.of(
                        "WHERE fare > 0",
                        "WHERE fares > 0",
                        "workflow.yaml:51:29  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: there is no column fares; did you mean \"fare\"? (known: at, fare, id, note, trip, vendor)"),
                Arguments.of(
                        "column: at, asColumn",
                        "column: att, asColumn",
                        "workflow.yaml:53:61  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[0].column: there is no column att; did you mean \"at\"? (known: at, fare, id, note, trip, twice, vendor)"),
                Arguments.of(
                        "columns: { fare: double",
                        "columns: { fares: double",
                        "workflow.yaml:55:54  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[2].columns.fares: there is no column fares; did you mean \"fare\"? (known: at, day, fare, id, remark, trip, twice, vendor)"),
                Arguments.of(
                        "columns: { remark: none }",
                        "columns: { note: none }",
                        "workflow.yaml:56:64  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[3].columns.note: there is no column note; known: at, day, fare, id, remark, trip, twice, vendor"),
                Arguments.of(
                        "expression: trip.*",
                        "expression: tripp.*",
                        "workflow.yaml:57:53  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[4].expression: there is no column tripp; did you mean \"trip\"? (known: at, day, fare, id, remark, trip, twice, vendor)"),
                Arguments.of(
                        "v.vendor_name, p.km",
                        "v.vendor_name, p.miles",
                        "workflow.yaml:62:55  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sql: there is no column p.miles; known: p.at, p.day, p.fare, p.id, p.km, p.remark, p.source, p.stops, p.twice, p.vendor"),
                Arguments.of(
                        "p.source",
                        "p.sorce",
                        "workflow.yaml:63:25  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sql: there is no column p.sorce; did you mean \"p.source\"? (known: p.at, p.day, p.fare, p.id, p.km, p.remark, p.source, p.stops, p.twice, p.vendor)"),
                Arguments.of(
                        "v.vendor = p.vendor",
                        "v.vendor = p.vender",
                        "workflow.yaml:65:52  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sql: there is no column p.vender; did you mean \"p.vendor\"? (known: p.at, p.day, p.fare, p.id, p.km, p.remark, p.source, p.stops, p.twice, p.vendor)"),
                Arguments.of(
                        "                          - vendor_name",
                        "                          - vendorname",
                        "workflow.yaml:70:29  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].functions[0].columns[1]: there is no column vendorname; did you mean \"vendor_name\"? (known: km, source, vendor, vendor_name)"),
                Arguments.of(
                        "column: vendor\n",
                        "column: vender\n",
                        "workflow.yaml:72:25  workflow.dag[0].spec.stackSpec.job.assertions[0].column: there is no column vender; did you mean \"vendor\"? (known: at, day, fare, id, km, remark, source, stops, twice, vendor)\n"
                                + "workflow.yaml:72:25  workflow.dag[0].spec.stackSpec.job.assertions[0].column: there is no column vender; did you mean \"vendor\"? (known: vendor, vendor_name)"),
                Arguments.of(
                        "filter: vendor IS",
                        "filter: vender IS",
                        "workflow.yaml:73:25  workflow.dag[0].spec.stackSpec.job.assertions[0].filter: there is no column vender; did you mean \"vendor\"? (known: at, day, fare, id, km, remark, source, stops, twice, vendor)\n"
                                + "workflow.yaml:73:25  workflow.dag[0].spec.stackSpec.job.assertions[0].filter: there is no column vender; did you mean \"vendor\"? (known: vendor, vendor_name)"),
                Arguments.of(
                        "sum(fare)",
                        "sum(fares)",
                        "workflow.yaml:75:33  workflow.dag[0].spec.stackSpec.job.assertions[1].sql: there is no column fares; did you mean \"fare\"? (known: at, day, fare, id, km, remark, source, stops, twice, vendor)"),
                Arguments.of(
                        "tests: [sum_of_fares > 0]",
                        "tests: [sum_of_fare > 0]",
                        "workflow.yaml:76:25  workflow.dag[0].spec.stackSpec.job.assertions[1].tests[0]: there is no column sum_of_fare; did you mean \"sum_of_fares\"? (known: sum_of_fares)"),
                Arguments.of(
                        "column: day, name",
                        "column: dey, name",
                        "workflow.yaml:34:48  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[0]: the rows of ETL priced: there is no column dey; did you mean \"day\"? (known: at, day, fare, id, km, remark, source, stops, twice, vendor)"),
                Arguments.of(
                        "partitionBy: vendor",
                        "partitionBy: vender",
                        "workflow.yaml:40:19  workflow.dag[0].spec.stackSpec.job.outputs[1].options.partitionBy: the rows of ETL named: there is no column vender; did you mean \"vendor\"? (known: vendor, vendor_name)"),
                Arguments.of(
                        "name: vendor, order",
                        "name: vender, order",
                        "workflow.yaml:28:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.sort: the rows of ETL priced: there is no column vender; did you mean \"vendor\"? (known: at, day, fare, id, km, remark, source, stops, twice, vendor)"),
                Arguments.of(
                        "name: vendor_name, order",
                        "name: vendorname, order",
                        """
                        workflow.yaml:35:17  workflow.dag[0].spec.stackSpec.job.outputs[1]: there is no column `vendorname`; did you mean "vendor_name"? (known: vendor, vendor_name)
                            SELECT * FROM `named#checked` ORDER BY `vendorname` ASC
                                                                   ^"""),
                Arguments.of(
                        "columns: [trip]",
                        "columns: [trip, fare, km]",
                        "workflow.yaml:62:55  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sql: there is no column p.km; known: p.at, p.day, p.id, p.remark, p.source, p.stops, p.twice, p.vendor\n"
                                + "workflow.yaml:75:33  workflow.dag[0].spec.stackSpec.job.assertions[1].sql: there is no column fare; known: at, day, id, remark, source, stops, twice, vendor"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakesInYaml")
    void inYaml(String right, String wrong, String message) throws IOException {
        assertThat(problems("workflow.yaml", mistaken("workflow.yaml", right, wrong)))
                .isEqualTo(message);
    }

    private static String mistaken(String name, String right, String wrong) throws IOException {
        String text = text(name);
        assertThat(text).contains(right);
        return text.substring(0, text.indexOf(right)) + wrong + text.substring(text.indexOf(right) + right.length());
    }

    private static String text(String name) throws IOException {
        try (InputStream in = ColumnsTest.class.getResourceAsStream("/columns/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns what {@code check} says is wrong. */
    private String problems(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        List<String> command = new ArrayList<>(List.of("check", file.toString()));
        if (name.endsWith(".yaml")) {
            Path depots = Files.writeString(folder.resolve("depots.conf"), text("depots.conf"));
            command.add(0, "workflow");
            command.addAll(List.of("--depots", depots.toString()));
        }
        CliRun run = CliRun.of(folder.resolve("logs"), command.toArray(String[]::new));
        return run.err()
                .replace(folder + "/", "")
                .lines()
                .filter(line -> !line.matches("\\d+ problems?"))
                .collect(Collectors.joining("\n"));
    }
}
