package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An input as planned: a plugin's decoded settings, ready to read. A source whose records may be malformed is a {@link DecodingSource}, one that
 * can be read as a stream a {@link StreamingSource}.
 */
public interface Source {

    /** Returns one line for people, without secrets: what is read, from where, how. */
    String description();

    /**
     * Reads everything that is there.
     *
     * @throws io.millrace.config.MillraceException of kind USER where the input is missing, EXTERNAL where it cannot be reached
     */
    Dataset<Row> read(ReadContext context);
}
