package io.millrace.plan;

import io.millrace.config.MillraceException;
import io.millrace.model.Input;
import io.millrace.spi.Source;
import io.millrace.spi.SupportsVersions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input with its source.
 *
 * @param input as written
 * @param source decoded and ready to read
 * @param streamed whether it is the input that the ETL streams
 */
public record PlannedInput(Input input, Source source, boolean streamed) {

    /** Returns the same, which reads its table as of a version where one is given for its model; a stream reads what it has not read yet. */
    PlannedInput asOf(Map<String, String> versions) {
        @Nullable String version = versions.get(input.model());
        if (version == null || streamed) {
            return this;
        }
        if (!(source instanceof SupportsVersions table)) {
            throw MillraceException.user("input " + input.view() + " (" + source.description()
                    + ") cannot be read as of version " + version + ": only tables of Delta and Iceberg have versions");
        }
        return new PlannedInput(input, table.asOf(version), false);
    }
}
