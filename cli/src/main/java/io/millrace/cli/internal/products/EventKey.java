package io.millrace.cli.internal.products;

import java.util.regex.Pattern;

/** Finds in the JSON of an event what it is keyed by. */
final class EventKey {

    private static final Pattern PATH =
            Pattern.compile("[\\p{L}_@][\\p{L}\\p{N}_@-]*(\\.[\\p{L}_@][\\p{L}\\p{N}_@-]*)*");
    private static final String DEVICE =
            "coalesce(get_json_object(value, '$.dimensions.did'), get_json_object(value, '$.context.did'))";

    private EventKey() {}

    /**
     * Returns an expression in SQL over the column {@code value}.
     *
     * @param written {@code did} for the device of an event, wherever it says it; a path such as {@code mid} or {@code context.sid}; or such an expression
     */
    static String expression(String written) {
        if (written.equals("did")) {
            return DEVICE;
        }
        if (!PATH.matcher(written).matches()) {
            return written;
        }
        StringBuilder path = new StringBuilder("$");
        for (String part : written.split("\\.", -1)) {
            path.append("['").append(part).append("']");
        }
        return "get_json_object(value, \"" + path + "\")";
    }
}
