package io.millrace.spi;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Says in one sentence, and to the right person, what Spark wraps in many exceptions. */
public final class SparkErrors {

    /** Conditions that only say where something else went wrong. */
    private static final Set<String> WRAPPERS =
            Set.of("TASK_WRITE_FAILED", "WRITING_JOB_ABORTED", "FAILED_EXECUTE_UDF", "STREAM_FAILED");

    /** A condition that is neither a value's nor an expression's fault: what was to be read is gone. */
    private static final String DATA_LOSS = "KAFKA_DATA_LOSS";

    private static final String STOPPED = "Cannot call methods on a stopped SparkContext";

    private SparkErrors() {}

    /**
     * Translates what a Spark job has thrown.
     *
     * @param what what was being done, such as {@code cannot write parquet files in /lake/orders}; the message begins with it
     * @return the {@link MillraceException} in it where there is one; else one that names the file where one could not be read; else of kind USER
     *     where a value or an expression is at fault, EXTERNAL where storage is, or a commit met another one, PLUGIN where a function in Java
     *     threw
     */
    public static MillraceException of(String what, Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        for (Throwable cause : causes) {
            if (cause instanceof MillraceException known) {
                return known;
            }
        }
        return RowError.in(thrown)
                .or(() -> UnreadableFile.in(thrown, causes))
                .orElseGet(() -> translated(what, thrown, causes));
    }

    /** Returns what is at the root of an exception: the name of its class and its message; Hive, for one, puts whole stack traces into the latter. */
    public static String root(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        return named(causes.get(causes.size() - 1));
    }

    private static MillraceException translated(String what, Throwable thrown, List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof ConcurrentModificationException && cause instanceof SparkThrowable) {
                return MillraceException.external(what + ": " + cause.getMessage(), thrown);
            }
            if (cause instanceof AnalysisException wrong) {
                String message = what + ": " + wrong.getSimpleMessage();
                return ofMetastore(causes)
                        ? MillraceException.external(message.lines().findFirst().orElse(message), thrown)
                        : MillraceException.user(message, thrown);
            }
            if (String.valueOf(cause.getMessage()).startsWith(STOPPED)) {
                return MillraceException.external(
                        what + ": Spark has stopped: its master ended the application, or somebody its context",
                        thrown);
            }
            if (cause instanceof SparkThrowable lost
                    && String.valueOf(lost.getCondition()).startsWith(DATA_LOSS)) {
                return MillraceException.external(what + ": " + cause.getMessage(), thrown);
            }
            if (raisedByValue(cause)) {
                return MillraceException.user(what + ": " + cause.getMessage(), thrown);
            }
            if (cause instanceof IOException || cause instanceof InterruptedException) {
                return MillraceException.external(what + ": " + named(cause), thrown);
            }
        }
        Throwable first = causes.get(causes.size() - 1);
        boolean ofSpark = first instanceof SparkThrowable;
        String message = what + ": " + (ofSpark ? first.getMessage() : named(first));
        return ofSpark ? MillraceException.external(message, thrown) : MillraceException.plugin(message, thrown);
    }

    /** Returns whether a Hive metastore is at fault. Its classes may have a loader of their own, so names have to do. */
    private static boolean ofMetastore(List<Throwable> causes) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof SQLException
                        || cause.getClass().getName().startsWith("org.apache.thrift.")
                        || cause.getClass().getName().equals("org.apache.hadoop.hive.metastore.api.MetaException"));
    }

    private static boolean raisedByValue(Throwable cause) {
        return cause instanceof SparkThrowable raised
                && cause instanceof RuntimeException
                && raised.getCondition() != null
                && !raised.isInternalError()
                && !WRAPPERS.contains(raised.getCondition().replaceFirst("\\..*", ""));
    }

    private static String named(Throwable cause) {
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }
}
