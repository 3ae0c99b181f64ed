package io.millrace.plan;

import io.millrace.spi.Slice;
import io.millrace.spi.Strategy;
import io.millrace.spi.StreamingStrategy;
import java.util.Set;

/** A step that was checked: SQL that parses, a class that exists. */
public sealed interface PlannedStep {

    /** Returns the name of the view it makes. */
    String name();

    /**
     * A query.
     *
     * @param name the view it makes
     * @param sql the query
     * @param parameters the run's values it needs
     * @param keepsEveryRow whether it gives one row for each row it reads
     */
    record Sql(String name, String sql, Set<String> parameters, boolean keepsEveryRow) implements PlannedStep {}

    /**
     * A strategy with its configuration.
     *
     * @param name the view it makes
     * @param strategy the user's object
     * @param configuration decoded
     */
    record Java<C extends Record>(String name, Strategy<C> strategy, C configuration) implements PlannedStep {

        /** Returns the parts of a slice on which its results depend. */
        public Set<Slice.Part> sliceParts() {
            return strategy.sliceParts(configuration);
        }

        /** Returns whether it needs to know what earlier runs have kept. */
        public boolean remembers() {
            return strategy.remembers(configuration);
        }
    }

    /**
     * A strategy that works on the stream.
     *
     * @param name the view it makes
     * @param strategy the user's object
     * @param configuration decoded
     */
    record Streaming<C extends Record>(String name, StreamingStrategy<C> strategy, C configuration)
            implements PlannedStep {}
}
