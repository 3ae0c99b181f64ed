package io.millrace.spi;

import io.millrace.model.Configured;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A step in Java. A class that is named in a configuration has a public constructor without parameters, and one instance of it serves one ETL of a
 * plan. {@link #transform} is called on the driver, once for a batch run and once for each micro-batch, again for a batch that is tried again, and by
 * several threads where the plan is run several times at once: it keeps nothing in its fields.
 *
 * @param <C> a record that the step's {@code configuration} is decoded into (kebab-case keys to its components; components may be text, numbers,
 *     booleans, durations, enums, records, Optional of those, lists of text or of records, and {@code Map<String, String>}); {@link NoConfiguration} for none
 */
public interface Strategy<C extends Record> extends Configured<C> {

    /**
     * Returns whether its results depend on {@link StrategyContext#memory}: then a plan is refused where its pipegraph has no state folder, or its ETL is
     * a stream.
     */
    default boolean remembers(C configuration) {
        return false;
    }

    /**
     * Returns the parts of a run's slice ({@link StrategyContext#slice}) on which its results depend. A run that is asked for a part that neither the
     * inputs nor the steps of an ETL make use of is refused, as two runs of different parts would take the same rows.
     */
    default Set<Slice.Part> sliceParts(C configuration) {
        return Set.of();
    }

    /** Makes the step's view from the views before it. Lazy, like every Dataset: nothing is computed here unless it must be. */
    Dataset<Row> transform(StrategyContext context, C configuration);
}
