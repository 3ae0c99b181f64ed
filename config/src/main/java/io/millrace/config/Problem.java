package io.millrace.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what a user wrote.
 *
 * @param place where it is written; null where the value came from code
 * @param path the configuration path, such as {@code pipegraph.etls[0].output}; empty where the whole text is meant
 * @param message what is wrong and what to do
 */
public record Problem(@Nullable Location place, String path, String message) {

    /** Returns where the problem is written, if it is in a text. */
    public Optional<Location> location() {
        return Optional.ofNullable(place);
    }

    /** Returns {@code file:line:column  path: message}, without the parts that are missing. */
    @Override
    public String toString() {
        String where = place == null ? "" : place + "  ";
        return where + (path.isEmpty() ? message : path + ": " + message);
    }
}
