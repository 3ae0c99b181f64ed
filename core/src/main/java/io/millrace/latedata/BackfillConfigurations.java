package io.millrace.latedata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.internal.state.StateFolder;
import io.millrace.slices.SliceResult;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Files for schedulers, one for each slice that is done: {@code {"partitions":["event_time=2024-01-02"]}} names those that are to be run again. */
final class BackfillConfigurations {

    private final StateFolder state;
    private final Path folder;
    private final PartitionSlices slices;

    BackfillConfigurations(SparkSession session, String folder, PartitionSlices slices) {
        this.state = new StateFolder(session, folder);
        this.folder = new Path(folder);
        this.slices = slices;
    }

    void write(SliceResult done) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode partitions = content.putArray("partitions");
        done.requested().stream()
                .sorted(slices::compare)
                .forEach(slice -> partitions.add(slices.partition(slice).toString()));
        String name =
                "backfilling_configuration_" + StateFolder.plain(done.slice().name()) + ".json";
        state.write(new Path(folder, name), content);
    }
}
