package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source whose records may be malformed. */
public interface DecodingSource extends Source {

    /**
     * Decodes what {@link Source#read} or {@link StreamingSource#readStream} returned. On a stream it is applied to each micro-batch, so schemas
     * may change between batches.
     *
     * @param raw one row per record
     * @return one row per record: the decoded columns, a {@link SourceColumn} with the original, and a {@link Rejection} that is null in a record
     *     that could be decoded
     */
    Dataset<Row> decode(Dataset<Row> raw);
}
