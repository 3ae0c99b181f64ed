package io.millrace.latedata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.internal.state.StateFolder;
import io.millrace.spi.PartitionValues;
import io.millrace.spi.VersionedTable;
import io.millrace.spi.VersionedTable.Change;
import io.millrace.spi.VersionedTable.IncompleteLogException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the partitions of a table, up to one of its versions: how many files each has, and which version changed its rows last. It begins
 * with the version at which the table was first looked at, and goes on by the log after that, so that it costs the same however long the table's
 * history is. It follows from the log alone: whoever goes on from the same version finds the same.
 *
 * @param table the table's id
 * @param columns whose values tell partitions apart
 * @param upTo the version up to which it tells
 * @param partitions by their values; the version is empty for those that did not change since the table was first looked at
 */
record ChangeIndex(String table, List<String> columns, String upTo, Map<PartitionValues, Change> partitions) {

    private static final int FORMAT = 1;

    /** Begins with the table as it is. */
    static ChangeIndex begin(VersionedTable table, List<String> columns) {
        Map<PartitionValues, Change> partitions = new LinkedHashMap<>();
        table.partitions(columns).forEach((partition, files) -> partitions.put(partition, new Change("", files)));
        return new ChangeIndex(table.id(), columns, table.newest(), partitions);
    }

    /**
     * Returns what is known up to the table's newest version.
     *
     * @param words what messages call the table
     * @throws IncompleteLogException where what came after {@link #upTo} is not known any more
     */
    ChangeIndex upToNewestOf(VersionedTable now, String words) throws IncompleteLogException {
        if (!now.id().equals(table)) {
            throw new IncompleteLogException(
                    words
                            + " is another table than the one that was looked at before: that one was deleted, and one of the same name was made");
        }
        if (now.newest().equals(upTo)) {
            return this;
        }
        Map<PartitionValues, Change> all = new LinkedHashMap<>(partitions);
        now.changesAfter(upTo, columns).forEach((partition, change) -> all.merge(partition, change, Change::then));
        return new ChangeIndex(table, columns, now.newest(), all);
    }

    /** Returns the partitions that have rows, or may have. */
    List<PartitionValues> present() {
        List<PartitionValues> present = new ArrayList<>();
        partitions.forEach((partition, change) -> {
            if (change.files() > 0) {
                present.add(partition);
            }
        });
        present.sort(null);
        return present;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("table", table).put("upTo", upTo);
        columns.forEach(json.putArray("columns")::add);
        ObjectNode all = json.putObject("partitions");
        partitions.forEach((partition, change) -> all.putObject(partition.toString())
                .put("version", change.version())
                .put("files", change.files()));
        return json;
    }

    /** @param place where it was read, for the message where it cannot be */
    static ChangeIndex of(JsonNode json, String place) {
        StateFolder.requireKnown(place, json.path("format").asInt(), FORMAT);
        List<String> columns = new ArrayList<>();
        json.path("columns").forEach(column -> columns.add(column.asText()));
        Map<PartitionValues, Change> partitions = new LinkedHashMap<>();
        json.path("partitions")
                .properties()
                .forEach(each -> partitions.put(
                        PartitionValues.parse(each.getKey()),
                        new Change(
                                each.getValue().path("version").asText(),
                                each.getValue().path("files").asLong())));
        return new ChangeIndex(
                json.path("table").asText(), columns, json.path("upTo").asText(), partitions);
    }
}
