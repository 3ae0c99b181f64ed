package io.millrace.spi;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that can also be read as a stream. */
public interface StreamingSource extends Source {

    /** Returns whether an ETL with a streaming trigger streams this input unless it says otherwise: files and topics do, tables do not. */
    boolean streamsByDefault();

    /** Returns what is missing to read this one as a stream, with what to do; asked when an ETL that streams it is planned. */
    default Optional<String> streamingProblem() {
        return Optional.empty();
    }

    /** Starts reading as a streaming Dataset. */
    Dataset<Row> readStream(ReadContext context);
}
