package io.millrace.continuousupdate.internal.spark;

import dev.failsafe.RetryPolicy;
import io.millrace.config.Causes;
import io.millrace.internal.commit.CommitRetries;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;

/**
 * A commit that Delta refused because somebody else's came first.
 *
 * @param message Delta's words for what overlapped
 * @param version the other commit, where Delta says
 */
public record DeltaMergeConflict(String message, OptionalLong version) {

    /** Finds one in what a write has thrown. */
    public static Optional<DeltaMergeConflict> in(Throwable thrown) {
        return Causes.first(thrown, DeltaConcurrentModificationException.class)
                .map(conflict -> new DeltaMergeConflict(words(conflict), version(conflict)));
    }

    /** Returns how a merge is tried again where it met one. */
    public static <T> RetryPolicy<T> retried(CommitRetries retries) {
        return retries.after(thrown -> in(thrown).isPresent());
    }

    /** Leaves out the name of the condition, and the advice that is not for people. */
    private static String words(Throwable conflict) {
        return String.valueOf(conflict.getMessage())
                .replaceAll(
                        "(?s)^\\[[A-Z_.]+] |\\s*(Please (re)?try the operation again|Please retry the operation|Refer to).*",
                        "");
    }

    private static OptionalLong version(Throwable conflict) {
        String version = conflict instanceof SparkThrowable known
                ? known.getMessageParameters().getOrDefault("version", "")
                : "";
        return version.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(version)) : OptionalLong.empty();
    }
}
