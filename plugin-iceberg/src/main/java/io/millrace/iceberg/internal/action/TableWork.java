package io.millrace.iceberg.internal.action;

import java.util.Map;

/** An action on a table, with its settings. */
interface TableWork {

    /** Does it, as {@link io.millrace.spi.SupportsTableActions.Action#run} says. */
    Map<String, Object> on(TableActionTarget table);
}
