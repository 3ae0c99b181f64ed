package io.millrace.iceberg.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.iceberg.IcebergPlugin;
import io.millrace.spi.RunMode;
import io.millrace.testkit.TestModel;
import org.junit.jupiter.api.Test;

class IcebergModelTest {

    private static final String LAKE =
            "plugin.iceberg.catalogs { lake { warehouse = /lake }, shop { warehouse = /shop } }";

    @Test
    void saysWhatIsWritten() {
        TestModel model = TestModel.of(
                        """
                        table = lake.raw.rides
                        save-mode = overwrite
                        overwrite = dynamic
                        partition-by = ["month(day) AS month", "bucket(16, id)", vendor]
                        branch = audit
                        """)
                .configuredBy(LAKE);

        assertThat(model.sink(new IcebergPlugin(), RunMode.BATCH).description())
                .isEqualTo("Iceberg table lake.raw.rides, branch audit, overwrite, partitioned by month(day) AS"
                        + " month, bucket(16, id), identity(vendor)");
        assertThat(model.warnings()).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        TestModel model = TestModel.of(
                        """
                        table = rides
                        save-mode = apend
                        overwrite = partial
                        partition-by = ["weeks(day)", "bucket(id)", "bucket(0, id)", "month(3, day)", "truncate(name)", "a b"]
                        sort-by = ["id UPWARDS"]
                        distribution = even
                        branches = audit
                        """)
                .configuredBy(LAKE);

        assertThatThrownBy(() -> model.sink(new IcebergPlugin(), RunMode.BATCH))
                .hasMessage(
                        """
                        test.conf:1:1  table: needs the catalog too: catalog.rides, or catalog.namespace.rides
                        test.conf:2:1  save-mode: unknown value "apend"; did you mean "append"? (known: append, merge, overwrite, upsert)
                        test.conf:3:1  overwrite: unknown value "partial"; known: dynamic, static
                        test.conf:4:1  partition-by: "weeks(day)" has an unknown transform; known: bucket, day, hour, identity, month, truncate, year
                        test.conf:4:1  partition-by: "bucket(id)" needs a number of buckets: bucket(16, id)
                        test.conf:4:1  partition-by: "bucket(0, id)" needs a number of buckets: bucket(16, id)
                        test.conf:4:1  partition-by: "month(3, day)" has a number too many: write month(day)
                        test.conf:4:1  partition-by: "truncate(name)" needs a width: truncate(4, name)
                        test.conf:4:1  partition-by: "a b" is neither a column nor a transform of one, such as month(day) or bucket(16, id)
                        test.conf:5:1  sort-by: "id UPWARDS" is neither a column nor a transform of one, such as month(day) or bucket(16, id)
                        test.conf:6:1  distribution: unknown value "even"; known: hash, none, range
                        test.conf:7:1  branches: unknown key; did you mean "branch"? (known: branch, commit, distribution, merge, options, overwrite, partition-by, properties, save-mode, sort-by, table)\
                        """);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        TestModel model = TestModel.of(
                        """
                        table = lake.raw.rides
                        overwrite = dynamic
                        distribution = hash
                        properties { write.distribution-mode = none }
                        options { overwrite-mode = dynamic, mergeSchema = true }
                        """)
                .configuredBy(LAKE);

        assertThatThrownBy(() -> model.sink(new IcebergPlugin(), RunMode.BATCH))
                .hasMessage(
                        """
                        test.conf:2:1  overwrite: is for save-mode = overwrite
                        test.conf:4:1  properties: write.distribution-mode is what distribution sets; write one of the two
                        test.conf:5:1  options: overwrite-mode has no effect here; write save-mode = overwrite, and overwrite = dynamic
                        test.conf:5:1  options: mergeSchema has no effect here; write contract { table = evolve } in the ETL\
                        """);
    }

    @Test
    void onlyAppendsShareCommits() {
        TestModel appending =
                TestModel.of("table = lake.raw.rides, commit = shared").configuredBy(LAKE);
        TestModel overwriting = TestModel.of("table = lake.raw.rides, save-mode = overwrite, commit = shared")
                .configuredBy(LAKE);

        assertThat(appending.sink(new IcebergPlugin(), RunMode.BATCH).description())
                .isEqualTo("Iceberg table lake.raw.rides, append with shared commits");
        assertThatThrownBy(() -> overwriting.sink(new IcebergPlugin(), RunMode.BATCH))
                .hasMessage("test.conf:1:48  commit: shared is for save-mode = append");
    }

    @Test
    void aCatalogThatOnlyTheSessionCanKnowIsPointedOut() {
        TestModel model = TestModel.of("table = lak.raw.rides").configuredBy(LAKE);

        model.source(new IcebergPlugin());

        assertThat(model.warnings())
                .containsExactly(
                        "plugin.iceberg.catalogs has no lak; did you mean \"lake\"? (known: lake, shop); the Spark"
                                + " session has to know it");
    }

    @Test
    void aStreamThatOverwritesTheWholeTableIsPointedOut() {
        TestModel model =
                TestModel.of("table = lake.raw.rides, save-mode = overwrite").configuredBy(LAKE);

        model.sink(new IcebergPlugin(), RunMode.STREAM);

        assertThat(model.warnings())
                .containsExactly(
                        "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
    }
}
