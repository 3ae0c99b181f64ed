package io.millrace.config;

import io.millrace.config.HoconOutline.Composed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much one configuration may be, with all that it includes. Typesafe Config resolves as many references as there are, in a time that grows with their
 * square, and with the cube of how often one value is made of others; so these are counted before.
 */
final class HoconLimits {

    /** Of all texts together. */
    static final int MOST_BYTES = 16 << 20;

    /** Files that are included. */
    static final int MOST_INCLUDES = 5_000;

    /** Of all texts together. */
    static final int MOST_REFERENCES = 10_000;

    /** The sum, over all values that are made of references, of the cubes of how often each is written. */
    static final long MOST_WORK = 5_000_000;

    private static final String ADVICE =
            "divide it into several, each read by itself, or keep large texts and rows in files of their own";

    private final String name;
    private final Map<String, Integer> composed = new HashMap<>();
    private long read;
    private int included;
    private int references;
    private long work;

    /**
     * For one configuration.
     *
     * @param name what messages call it
     */
    HoconLimits(String name) {
        this.name = name;
    }

    /** Returns the text of a file. */
    String read(Path file) {
        String text = SourceText.read(file, MOST_BYTES, ADVICE);
        read += text.length();
        if (read > MOST_BYTES) {
            throw refused(
                    new Location(name, 0, 0),
                    "",
                    "is too large to be read with all that it includes: at most " + MOST_BYTES + " bytes are; "
                            + ADVICE);
        }
        return text;
    }

    /** Counts a file that is included. */
    void include(Location place) {
        if (++included > MOST_INCLUDES) {
            throw refused(
                    place, "", "includes one file too many: at most " + MOST_INCLUDES + " are, by all files together");
        }
    }

    /** Counts what a text makes it do. */
    void take(HoconOutline outline) {
        if (outline.tooDeep() != null) {
            throw MillraceException.user(List.of(outline.tooDeep()));
        }
        references += outline.references();
        if (references > MOST_REFERENCES) {
            throw refused(
                    new Location(name, 0, 0),
                    "",
                    "refers to other values " + references + " times (${…} and +=), and at most " + MOST_REFERENCES
                            + " can be resolved; write values out, or divide it into several");
        }
        outline.composed().forEach(this::take);
    }

    private void take(Composed value) {
        long times = composed.merge(value.path(), 1, Integer::sum);
        work += 3 * times * (times - 1) + 1; // what the cube grows by
        if (work > MOST_WORK) {
            throw refused(
                    value.place(),
                    value.path(),
                    "is written " + times + " times with references (${…} and +=), which takes too long to resolve;"
                            + " write it in one place");
        }
    }

    private static MillraceException refused(Location place, String path, String message) {
        return MillraceException.user(List.of(new Problem(place, path, message)));
    }
}
