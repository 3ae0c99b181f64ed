package io.millrace.plan;

import io.millrace.config.Location;
import io.millrace.config.SourceMap;
import java.util.Optional;

/**
 * A text of SQL, and where it is written.
 *
 * @param sql the text
 * @param path its configuration path
 * @param sources where paths are written
 */
public record WrittenSql(String sql, String path, SourceMap sources) {

    /** Returns where a character of the text stands, or else where the text begins; empty where it comes from code. */
    public Optional<Location> place(int offset) {
        return sources.within(path, sql, offset).or(() -> sources.nearest(path));
    }

    /** Returns the path as the user knows it. */
    public String name() {
        return sources.problem(path, "").path();
    }
}
