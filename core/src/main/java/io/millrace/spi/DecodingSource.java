package io.millrace.spi;

import io.millrace.model.SchemaContract;
import java.util.Optional;
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

    /** Returns whether there may be records that cannot be decoded. */
    default boolean mayReject() {
        return true;
    }

    /**
     * Adds to the source column of rows what is too slow to find out for every record, such as the line of the file at which it begins. Called for
     * rows that become dead letters, and no others.
     *
     * @param rows rows with a {@link SourceColumn} that this source has made, and any other columns
     * @return the same rows, in any order
     */
    default Dataset<Row> withOriginals(Dataset<Row> rows) {
        return rows;
    }

    /**
     * Returns what decoding looks up elsewhere; where there is something, batches are decoded by it instead. An ETL's input has one, asked once for
     * each run.
     *
     * @param newFields what is to become of records with fields that the rows have no column for
     */
    default Optional<Lookup> lookup(SchemaContract.Policy newFields) {
        return Optional.empty();
    }
}
