package io.millrace.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a HOCON text before it is parsed, and what the parser does not tell: where keys are, what would silently become one value, and how
 * much work the text is.
 *
 * @param columns of keys, by line and key; 0 where a key stands twice in its line
 * @param includes in the order in which they are written
 * @param references how many references it has, and values that are appended
 * @param composed values that are made of references, in the order in which they are written
 * @param joints values that would become one because nothing stands between them
 * @param tooDeep what is nested too deeply to be read, or null
 */
record HoconOutline(
        Map<Spot, Integer> columns,
        List<Include> includes,
        int references,
        List<Composed> composed,
        List<Problem> joints,
        @Nullable Problem tooDeep) {

    /** A key and the line it stands in. */
    record Spot(int line, String key) {}

    /**
     * An include.
     *
     * @param what the file that is named
     * @param path of the object that takes it in
     */
    record Include(String what, String path, Location place) {}

    /** A value that is made of references. */
    record Composed(String path, Location place) {}

    /** Returns the column of a key in a line; 0 where it is not there, or there twice. */
    int column(int line, String key) {
        return Optional.ofNullable(columns.get(new Spot(line, key))).orElse(0);
    }

    /** Refuses a text in which values would become one that are two. */
    void refuseJoints() {
        if (!joints.isEmpty()) {
            throw MillraceException.user(joints);
        }
    }

    /** Returns the outline of a text that has no lines of its own: what is wrong with it is at one place. */
    HoconOutline at(Location place) {
        return new HoconOutline(
                columns,
                includes,
                references,
                composed.stream().map(each -> new Composed(each.path(), place)).toList(),
                joints.stream()
                        .map(each -> new Problem(place, each.path(), each.message()))
                        .toList(),
                tooDeep == null ? null : new Problem(place, tooDeep.path(), tooDeep.message()));
    }
}
