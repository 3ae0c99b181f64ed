package io.millrace.spi;

import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A {@link Strategy} that can tell what columns its view will have, and what is wrong with the columns that its configuration names, before there are
 * rows. A strategy that is none makes a view of unknown columns, and what is done with them is not checked before a run.
 *
 * @param <C> the strategy's configuration
 */
public interface PlansColumns<C extends Record> {

    /**
     * Returns the columns of its view. Called when a plan is made, after the steps before it.
     *
     * @param columns tells what is known, and takes what is wrong
     * @return empty where they are not known
     */
    Optional<StructType> columns(C configuration, ViewColumns columns);
}
