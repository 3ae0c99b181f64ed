package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.spi.Slice;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The values of a run's parameters, for texts of SQL that use them. */
final class RunParameters {

    private RunParameters() {}

    /**
     * Returns the values of all parameters that a run for a slice has.
     *
     * @param text what uses some of them, as the beginning of a message: {@code ETL daily, step chosen: the query}
     * @throws MillraceException of kind USER where the run does not have one that is used
     */
    static Map<String, @Nullable Object> of(Slice slice, Set<String> used, String text) {
        Map<String, @Nullable Object> values = slice.parameters();
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw MillraceException.user(text + " uses :" + String.join(", :", missing)
                    + ", which this run does not have; give --date, --window or --partitions");
        }
        return values;
    }
}
