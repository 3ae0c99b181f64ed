package io.millrace.spi;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A source that can also be read as a stream. */
public interface StreamingSource extends Source {

    /** Returns whether an ETL with a streaming trigger streams this input unless it says otherwise: files and topics do, tables do not. */
    boolean streamsByDefault();

    /** Returns what is missing to read this one as a stream, with what to do; asked when an ETL that streams it is planned. */
    default Optional<String> streamingProblem() {
        return Optional.empty();
    }

    /**
     * Returns what the stream reads, by name, such as the id of each topic or the whole path of a folder. It is kept with the checkpoint of a stream:
     * where the same name stands for something else later, what the checkpoint says was read means nothing, and the stream is refused.
     *
     * @return names as they stand in a sentence, with an id each; empty where nothing can be told
     * @throws io.millrace.config.MillraceException as {@link #readStream}
     */
    default Map<String, String> streamedFrom(SparkSession session) {
        return Map.of();
    }

    /** Starts reading as a streaming Dataset. */
    Dataset<Row> readStream(ReadContext context);
}
