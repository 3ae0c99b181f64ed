package io.millrace.spi.upsert;

import io.millrace.spi.OutputContext;
import java.util.Optional;

/** The settings of an upsert, decoded. To be used where nothing is wrong with their model. */
public interface UpsertSettings {

    /**
     * Makes the upsert of an output.
     *
     * @param context takes what is wrong with this use of the settings, and warnings
     * @return empty where something is wrong and has been noted
     */
    Optional<? extends Upsert> into(UpsertTable table, OutputContext context);
}
