package io.millrace.spi;

import io.millrace.config.ConfigSection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** A sink whose target can be acted on as a whole: maintenance, or naming its current version. */
public interface SupportsTableActions {

    /** Returns the names of the actions it knows. */
    Set<String> tableActions();

    /**
     * Checks an action's settings without a session.
     *
     * @param action one of {@link #tableActions()}
     * @param options its settings; what is wrong is noted on it
     * @return what does it; empty where something is wrong and has been noted
     */
    Optional<Action> tableAction(String action, ConfigSection options);

    /** An action with its settings, ready to be done. */
    @FunctionalInterface
    interface Action {

        /**
         * Does it. May be done again after a failure or a crash, and then comes to the same.
         *
         * @return figures for the report, by name and in order
         * @throws io.millrace.config.MillraceException of kind USER where the table is missing, EXTERNAL where the catalog or the storage fails
         */
        Map<String, Object> run(SparkSession session);
    }
}
