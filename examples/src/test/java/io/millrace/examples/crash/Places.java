package io.millrace.examples.crash;

import io.millrace.broker.KafkaCluster;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where records of a topic come from: partition and offset of each, sorted. */
final class Places {

    private Places() {}

    /** Returns those of rows that have both as columns. */
    static List<String> of(Dataset<Row> rows) {
        return rows.select("partition", "offset").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }

    /** Returns those of all records of a topic. */
    static List<String> in(KafkaCluster broker, String topic) {
        return broker.read(topic).stream()
                .map(record -> record.partition() + " " + record.offset())
                .sorted()
                .toList();
    }
}
