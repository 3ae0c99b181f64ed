package io.millrace.examples.workflowsummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.DataProducts;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.slices.PartitionGroups;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.DataProduct;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data product run partition by partition makes what it makes of all of them together. */
@ExtendWith(MillraceSession.class)
class ByPartitionIT {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 23);
    private static final int DEVICES = 12;

    private final SparkSession session;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    ByPartitionIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void eachWayMakesTheSameSummaries() throws IOException {
        compare(4);
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void howeverManyPartitionsThereAre(int partitions) throws IOException {
        compare(partitions);
    }

    private void compare(int partitions) throws IOException {
        backUp(partitions);
        PipegraphPlan together = plan("together");
        List<SliceResult> one = run(together, List.of(Slice.of(DAY)));
        PipegraphPlan apart = plan("apart");
        List<Slice> groups = new PartitionGroups(List.of(), 2).of(session, apart, List.of(Slice.of(DAY)));
        List<SliceResult> several = run(apart, groups);

        assertThat(one).extracting(SliceResult::status).containsExactly(Status.DONE);
        assertThat(several).extracting(SliceResult::status).containsOnly(Status.DONE);
        assertThat(several).hasSize((partitions + 1) / 2);
        assertThat(summaries("apart")).isNotEmpty().isEqualTo(summaries("together"));
        assertThat(run(apart, groups)).extracting(SliceResult::status).containsOnly(Status.DONE_BEFORE);
        assertThat(summaries("apart")).isEqualTo(summaries("together"));
    }

    @Test
    void onlyThePartitionThatFailedIsRunAgain() throws IOException {
        backUp(3);
        Path broken = folder.resolve("backup/2024-01-23-1-1706011200000.json.gz");
        Path whole = folder.resolve("backup/2024-01-23-1-1706011200000.json");
        Path aside = folder.resolve("aside.json");
        Files.move(whole, aside);
        Files.writeString(broken, "not compressed");
        PipegraphPlan plan = plan("apart");
        List<Slice> groups = new PartitionGroups(List.of(), 1).of(session, plan, List.of(Slice.of(DAY)));

        List<SliceResult> first = run(plan, groups);
        assertThat(first).extracting(SliceResult::status).containsExactly(Status.DONE, Status.FAILED, Status.DONE);

        Files.delete(broken);
        Files.move(aside, whole);
        List<SliceResult> second = run(plan, groups);
        assertThat(second)
                .extracting(SliceResult::status)
                .containsExactly(Status.DONE_BEFORE, Status.DONE, Status.DONE_BEFORE);
        run(plan("together"), List.of(Slice.of(DAY)));
        assertThat(summaries("apart")).isEqualTo(summaries("together"));
    }

    @Test
    void aPartitionWithoutFilesMakesNothingAndADayWithoutFilesFails() throws IOException {
        backUp(2);
        PipegraphPlan plan = plan("apart");

        assertThat(run(plan, List.of(new Slice(DAY, List.of(9), null))))
                .extracting(SliceResult::status)
                .containsExactly(Status.DONE);
        assertThat(run(plan, List.of(new Slice(DAY.plusDays(1), List.of(0), null))))
                .singleElement()
                .satisfies(result -> assertThat(result.failure()).hasMessageContaining("has no files of 2024-01-24"));
        assertThatThrownBy(
                        () -> new PartitionGroups(List.of(), 1).of(session, plan, List.of(Slice.of(DAY.plusDays(1)))))
                .hasMessageContaining("has no files of 2024-01-24");
    }

    private void backUp(int partitions) throws IOException {
        Files.createDirectories(folder.resolve("backup"));
        TelemetryGenerator telemetry = new TelemetryGenerator(11, DEVICES, DAY);
        for (int partition = 0; partition < partitions; partition++) {
            int mine = partition;
            List<String> events = IntStream.range(0, DEVICES)
                    .filter(device -> device % partitions == mine)
                    .mapToObj(telemetry::eventsOf)
                    .flatMap(List::stream)
                    .toList();
            Files.write(folder.resolve("backup/2024-01-23-" + partition + "-1706011200000.json"), events);
        }
    }

    private List<SliceResult> run(PipegraphPlan plan, List<Slice> slices) {
        try (Millrace millrace = Millrace.on(session)) {
            return millrace.run(plan, new SlicedRequest(slices, 2, false)).slices();
        }
    }

    private PipegraphPlan plan(String lake) throws IOException {
        PluginRegistry plugins = PluginRegistry.ofClassPath();
        DataProduct product = DataProducts.of(plugins.classLoader()).find("wfs").orElseThrow();
        try (InputStream text = product.pipegraph().orElseThrow().openStream()) {
            Map<String, String> set = Map.of(
                    "backup",
                    folder.resolve("backup").toString(),
                    "lake",
                    folder.resolve(lake).toString());
            return new Planner(plugins)
                    .plan(PipegraphLoader.load(HoconReader.parse(
                            "wfs.conf", new String(text.readAllBytes(), StandardCharsets.UTF_8), set)));
        }
    }

    /** How often each summary is there, by its id. */
    private Map<String, Long> summaries(String lake) {
        Map<String, Long> byId = new TreeMap<>();
        List<String> found = new ArrayList<>();
        session.read()
                .text(folder.resolve(lake).resolve("summaries").toString())
                .selectExpr("get_json_object(value, '$.mid')")
                .collectAsList()
                .forEach(row -> found.add(row.getString(0)));
        found.forEach(id -> byId.merge(id, 1L, Long::sum));
        return byId;
    }
}
