package io.millrace.internal.spark;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Places of a storage that are on this machine, so that one can look at them without a connection. */
public final class LocalPlace {

    private LocalPlace() {}

    /** Returns the place that a path of Hadoop's file systems names; empty where it is another machine's, or a pattern. */
    public static Optional<Path> of(String path) {
        String plain = path.replaceFirst("^file:(//)?(?=/)", "");
        boolean elsewhere = plain.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") || isPattern(plain);
        try {
            return elsewhere
                    ? Optional.empty()
                    : Optional.of(Path.of(plain)).filter(place -> !plain.equals(path) || isHere(place));
        } catch (InvalidPathException noPlace) {
            return Optional.empty();
        }
    }

    /** A path without a scheme is one of the standard storage. */
    private static boolean isHere(Path place) {
        return Files.exists(place)
                || new Configuration().get("fs.defaultFS", "file:///").startsWith("file:");
    }

    /** Returns whether a path stands for any number of files and folders, by {@code *}, {@code ?}, {@code []} or {@code {}}. */
    public static boolean isPattern(String path) {
        return path.matches(".*[*?\\[{].*");
    }
}
