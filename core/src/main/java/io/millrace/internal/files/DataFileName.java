package io.millrace.internal.files;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of data files, which say what wrote them. */
final class DataFileName {

    private static final Pattern OF_BATCH = Pattern.compile("part-\\d{5,}-([0-9a-f]{16})-(\\d+)(\\..*)?");
    private static final Pattern COMPACTED = Pattern.compile("part-\\d{5,}-compacted-[0-9a-f]{16}(\\..*)?");

    private DataFileName() {}

    /**
     * Returns a name.
     *
     * @param number of the file among those of its writer
     * @param writer the key of a batch, or {@link #compacted}
     * @param like the path that Spark gave the file; its extension stays
     */
    static String of(int number, String writer, String like) {
        int extension = like.indexOf('.', like.lastIndexOf('/') + 1);
        String suffix = extension < 0 ? "" : like.substring(extension).replaceFirst("^\\.c\\d+", "");
        return String.format(Locale.ROOT, "part-%05d-%s%s", number, writer, suffix);
    }

    /** Returns what the names of a compaction's files say of it. */
    static String compacted(String id) {
        return "compacted-" + id;
    }

    /** Returns whether a compaction has made the file. */
    static boolean isCompacted(String path) {
        return COMPACTED.matcher(name(path)).matches();
    }

    /** Returns the batch that has made the file, as far as the name tells. */
    static Optional<Writer> writer(String path) {
        Matcher parts = OF_BATCH.matcher(name(path));
        return parts.matches()
                ? Optional.of(new Writer(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** Returns the folder of a path, with a slash at its end; empty for the top. */
    static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * A batch.
     *
     * @param query stands for its output and request
     * @param number the batch's
     */
    record Writer(String query, long number) {

        /** Takes the key of a batch apart. */
        static Writer ofKey(String key) {
            int dash = key.indexOf('-');
            return new Writer(key.substring(0, dash), Long.parseLong(key.substring(dash + 1)));
        }
    }
}
