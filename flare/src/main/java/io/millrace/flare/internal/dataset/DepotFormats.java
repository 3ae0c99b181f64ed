package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.depot.Depot;
import java.util.List;

/** The formats of files in a depot. */
final class DepotFormats {

    private static final List<String> KNOWN = List.of("parquet", "avro", "orc", "json", "csv", "text");

    private DepotFormats() {}

    /** Returns whether files have that format; notes what is wrong where they have not. */
    static boolean check(String format, Depot.Files depot, ConfigSection section, String key) {
        if (KNOWN.contains(format)) {
            return true;
        }
        section.problem(
                key,
                format.equals("iceberg")
                        ? (section.has(key) ? "cannot be iceberg" : "is missing, which means iceberg") + ": the depot "
                                + depot.name() + " is of kind files and holds no tables; write one of "
                                + String.join(", ", KNOWN)
                        : "unknown format \"" + format + "\"; " + Suggestion.among(format, KNOWN));
        return false;
    }
}
