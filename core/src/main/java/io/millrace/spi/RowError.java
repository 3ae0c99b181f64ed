package io.millrace.spi;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;

/** Fails a job because of a row, in a way that finds its way back to the user: raised in a task, found in what the job throws on the driver. */
public final class RowError {

    private static final String MARK = "millrace: ";

    private RowError() {}

    /**
     * Makes an expression that fails the job when it is evaluated.
     *
     * @param message a sentence for people, of each row; it stands for itself, so it must name what was being written
     */
    public static Column raise(Column message) {
        return raise_error(concat(lit(MARK), message));
    }

    /** Looks in what a job has thrown for a raised message; returns it as an error of kind USER. */
    public static Optional<MillraceException> in(Throwable thrown) {
        for (Throwable cause : Causes.of(thrown)) {
            if (cause instanceof SparkThrowable raised) {
                String message = raised.getMessageParameters().getOrDefault("errorMessage", "");
                if (message.startsWith(MARK)) {
                    return Optional.of(MillraceException.user(message.substring(MARK.length()), thrown));
                }
            }
        }
        return Optional.empty();
    }
}
