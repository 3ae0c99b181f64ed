package io.millrace.spi;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A source whose records can be made again from what dead letters keep of them. */
public interface ReplayableSource extends DecodingSource {

    /**
     * Returns a condition in Spark SQL over the columns of dead letters that tells those of this source from those of an ETL's other inputs.
     *
     * @param session with the settings of the storage
     */
    String ownLetters(SparkSession session);

    /** Returns what is missing to make records again, with what to do; asked before a replay begins. */
    default Optional<String> replayProblem() {
        return Optional.empty();
    }

    /**
     * Makes records as {@link Source#read} returns them.
     *
     * @param letters dead letters whose original is kept, with the fields of {@link SourceColumn#KEPT} as columns
     */
    Dataset<Row> restored(Dataset<Row> letters);
}
