package io.millrace.spi;

import io.millrace.model.Configured;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A step in Java that keeps state between micro-batches with Spark's own means (watermarks, dropDuplicates, stateful operators). It is the first
 * step of its ETL, sees only the streaming input, and its schema is fixed while the query runs. A class that is named in a configuration has a public
 * constructor without parameters.
 *
 * @param <C> as for {@link Strategy}
 */
public interface StreamingStrategy<C extends Record> extends Configured<C> {

    /**
     * Transforms the streaming input; called once per start of the query, on the driver. In a batch run it gets a static Dataset.
     *
     * @param stream the decoded rows of the streaming input
     * @return the step's view, of a query that can run in append mode
     */
    Dataset<Row> transform(Dataset<Row> stream, C configuration);
}
