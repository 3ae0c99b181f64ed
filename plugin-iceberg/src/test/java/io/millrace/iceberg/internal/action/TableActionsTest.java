package io.millrace.iceberg.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.HoconReader;
import io.millrace.config.Problems;
import io.millrace.iceberg.IcebergPlugin;
import io.millrace.spi.RunMode;
import io.millrace.spi.SupportsTableActions;
import io.millrace.testkit.TestModel;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableActionsTest {

    @Test
    void saysWhatItKnows() {
        assertThat(table().tableActions())
                .containsExactlyInAnyOrder(
                        "rewrite_dataset",
                        "rewrite_manifest",
                        "expire_snapshots",
                        "remove_orphans",
                        "delete_from_dataset",
                        "set_version");
    }

    @Test
    void keysMayBeSpeltInAnyOfTheFieldsWays() {
        assertThat(problems("expire_snapshots", "older-than = 7d, retain-last = 3, stream-results = true"))
                .isEmpty();
        assertThat(
                        problems(
                                "expire_snapshots",
                                "expireOlderThan = \"1674201289720\", retainLast = 3, max_concurrent_deletes = 2, streamDeleteResults = false"))
                .isEmpty();
        assertThat(problems("expire_snapshots", "olderThanTimestamp = \"2024-12-01T00:00:00Z\", snapshotIds = [1, 2]"))
                .isEmpty();
        assertThat(problems("expire_snapshots", "expireSnapshotId = 1343444444"))
                .isEmpty();
        assertThat(problems("remove_orphans", "olderThan = \"1627500040443\", location = /lake/raw/t, dry_run = true"))
                .isEmpty();
        assertThat(
                        problems(
                                "rewrite_dataset",
                                """
                        strategy = sort, sort_order = "id DESC NULLS LAST, bucket(4, name)", where = "id > 3"
                        properties { target-file-size-bytes = 2048, partial-progress { enabled = true } }
                        """))
                .isEmpty();
        assertThat(problems("rewrite_dataset", "filter = \"id > 3\", targetSizeInBytes = 54545, outputSpecId = 3"))
                .isEmpty();
        assertThat(problems("rewrite_manifest", "")).isEmpty();
        assertThat(problems("delete_from_dataset", "deleteWhere = \"target.state = 'AL'\""))
                .isEmpty();
        assertThat(problems("set_version", "value = latest")).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(
                        problems(
                                "expire_snapshots",
                                """
                        older-than = yesterday
                        retain-last = 0
                        snapshot-ids = [one]
                        stream-results = maybe
                        keep = 3
                        """))
                .isEqualTo(
                        """
                        test.conf:1:1  older-than: must be a time such as 2024-01-31T00:00:00Z, milliseconds since 1970, or an age such as 7d, not "yesterday"
                        test.conf:2:1  retain-last: must be a whole number from 1 to 2147483647, not 0
                        test.conf:3:1  snapshot-ids: must be whole numbers, not "one"
                        test.conf:4:1  stream-results: must be true or false, not "maybe"
                        test.conf:5:1  keep: unknown key; known: max-concurrent-deletes, older-than, retain-last, snapshot-ids, stream-results\
                        """);
        assertThat(problems("remove_orphans", "older-than = 4d\nolderThanMillis = 1627500040443"))
                .isEqualTo("test.conf:2:1  olderThanMillis: says the same as older-than; write one of the two");
        assertThat(problems("rewrite_dataset", "strategy = binpak"))
                .isEqualTo(
                        "test.conf:1:1  strategy: unknown value \"binpak\"; did you mean \"binpack\"? (known: binpack, sort)");
        assertThat(problems("rewrite_dataset", "strategy = binpack\nsort-order = id\nwhere = \"id >\""))
                .isEqualTo(
                        """
                        test.conf:2:1  sort-order: is for strategy = sort
                        test.conf:3:1  where: Syntax error at or near end of input.
                            id >
                                ^\
                        """);
        assertThat(problems("rewrite_dataset", "sort-order = \"id UPWARDS\""))
                .isEqualTo(
                        "test.conf:1:1  sort-order: \"id UPWARDS\" is neither a column nor a transform of one, such as"
                                + " month(day) or bucket(16, id)");
        assertThat(problems("delete_from_dataset", "")).isEqualTo("test.conf  where: is missing");
        assertThat(problems("set_version", "")).isEqualTo("test.conf  version: is missing");
    }

    private static SupportsTableActions table() {
        return (SupportsTableActions) TestModel.of("table = lake.raw.rides")
                .configuredBy("plugin.iceberg.catalogs.lake { warehouse = /lake }")
                .sink(new IcebergPlugin(), RunMode.BATCH);
    }

    /** Returns what is wrong with an action's settings; empty for nothing. */
    private static String problems(String action, String options) {
        Problems problems = new Problems();
        Optional<SupportsTableActions.Action> decoded = table().tableAction(
                        action, HoconReader.parse("test.conf", options).root(problems));
        String all = problems.asList().stream().map(Object::toString).collect(Collectors.joining("\n"));
        assertThat(decoded.isPresent()).isEqualTo(all.isEmpty());
        return all;
    }
}
