package io.millrace.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an action on a table did.
 *
 * @param action its name
 * @param model the model of the table
 * @param details figures, by name and in order
 */
public record TableActionResult(String action, String model, Map<String, Object> details) {

    /** Copies the map. */
    public TableActionResult {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
