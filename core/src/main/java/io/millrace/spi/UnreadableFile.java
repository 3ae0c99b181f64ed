package io.millrace.spi;

import io.millrace.config.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** A file that Spark could not read: what fails then is the input, whatever was being done with its rows. */
public final class UnreadableFile {

    private static final String CONDITION = "FAILED_READ_FILE";

    /** The file beside each one that Hadoop keeps a checksum in, and looks at first. */
    private static final Pattern CHECKSUM = Pattern.compile("^\\.(.*)\\.crc$");

    private UnreadableFile() {}

    /** Says what to do about a colon in a file's name, where that is what Hadoop did not take. */
    public static Optional<String> colon(List<Throwable> causes) {
        return causes.stream()
                .filter(URISyntaxException.class::isInstance)
                .map(URISyntaxException.class::cast)
                .filter(wrong -> wrong.getReason().equals("Relative path in absolute URI"))
                .map(wrong -> CHECKSUM.matcher(wrong.getInput()).replaceFirst("$1"))
                .map(name -> "Hadoop cannot read a file with a colon in its name; rename " + name)
                .findFirst();
    }

    /** Finds the file in what a job has thrown; the error is of kind EXTERNAL where the storage failed, or else USER: the file is not what was said. */
    static Optional<MillraceException> in(Throwable thrown, List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof SparkThrowable failed
                    && String.valueOf(failed.getCondition()).startsWith(CONDITION)) {
                return Optional.of(unreadable(failed, thrown, causes));
            }
        }
        return Optional.empty();
    }

    private static MillraceException unreadable(SparkThrowable failed, Throwable thrown, List<Throwable> causes) {
        String file = decoded(failed.getMessageParameters().getOrDefault("path", ""));
        String message = "cannot read " + file + ": " + colon(causes).orElseGet(() -> SparkErrors.root(thrown));
        return causes.stream().anyMatch(IOException.class::isInstance)
                ? MillraceException.external(message, thrown)
                : MillraceException.user(message, thrown);
    }

    /** Spark names most files as URLs. */
    private static String decoded(String path) {
        try {
            URI file = new URI(path);
            return file.getScheme() == null
                    ? file.getPath()
                    : file.getScheme() + ":" + (file.getAuthority() == null ? "" : "//" + file.getAuthority())
                            + file.getPath();
        } catch (URISyntaxException notEncoded) {
            return path;
        }
    }
}
