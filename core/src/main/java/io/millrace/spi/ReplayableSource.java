package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source whose records can be made again from what dead letters keep of them. */
public interface ReplayableSource extends DecodingSource {

    /**
     * Makes records as {@link Source#read} returns them.
     *
     * @param letters dead letters whose original is kept, with the fields of {@link SourceColumn#TYPE} as columns
     */
    Dataset<Row> restored(Dataset<Row> letters);
}
