package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Says of each event into which file of its day and partition it goes: the first offset of a file is its number. A file begins where the one before
 * has grown to its size. Nothing is shuffled: a task of Spark's Kafka source has events of one partition, in the order of their offsets.
 *
 * @param maxBytes of a file, of the texts and their line breaks
 */
record FileRotation(long maxBytes) {

    static final String OFFSET = "_backup_offset";

    private static final StructType TYPE = new StructType()
            .add(BackupNaming.DATE, DataTypes.StringType)
            .add(BackupNaming.TOPIC, DataTypes.StringType)
            .add(BackupNaming.PARTITION, DataTypes.IntegerType)
            .add(BackupNaming.FIRST_OFFSET, DataTypes.LongType)
            .add(OFFSET, DataTypes.LongType)
            .add("value", DataTypes.StringType);

    /**
     * Divides events into files.
     *
     * @param events date, topic, partition, offset, value
     * @return the same with the first offset in place of the offset, in the order in which Spark writes files
     */
    Dataset<Row> apply(Dataset<Row> events) {
        long most = maxBytes;
        Dataset<Row> divided = events.withColumn("_backup_bytes", functions.octet_length(col("value")))
                .mapPartitions((MapPartitionsFunction<Row, Row>) rows -> new Numbered(rows, most), Encoders.row(TYPE));
        Column[] order = Stream.of(
                        BackupNaming.DATE,
                        BackupNaming.TOPIC,
                        BackupNaming.PARTITION,
                        BackupNaming.FIRST_OFFSET,
                        OFFSET)
                .map(functions::col)
                .toArray(Column[]::new);
        return divided.sortWithinPartitions(order).drop(OFFSET);
    }

    /** The file that a day of a partition is at. */
    private static final class OpenFile {

        private final long first;
        private long bytes;

        OpenFile(long first) {
            this.first = first;
        }
    }

    /** Adds to each row the first offset of its file. */
    private static final class Numbered implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final long most;
        private final Map<List<Object>, OpenFile> open = new HashMap<>();

        Numbered(Iterator<Row> rows, long most) {
            this.rows = rows;
            this.most = most;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Row next() {
            Row row = rows.next();
            long offset = row.getLong(3);
            long bytes = row.getInt(5) + 1L;
            OpenFile file = open.compute(
                    List.of(row.get(0), row.get(1), row.get(2)),
                    (key, before) -> before == null || before.bytes + bytes > most ? new OpenFile(offset) : before);
            file.bytes += bytes;
            return RowFactory.create(row.get(0), row.get(1), row.get(2), file.first, offset, row.get(4));
        }
    }
}
