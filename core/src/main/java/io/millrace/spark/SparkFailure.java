package io.millrace.spark;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;

import io.millrace.config.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;

/** Tells from what Spark throws who can mend it, and says it without Spark's surroundings. */
public final class SparkFailure {

    private static final String MARK = "millrace: ";

    private SparkFailure() {}

    /**
     * Makes an expression that fails the job with a message; {@link #explain} gives the message back as an error of kind USER.
     *
     * @param message a text for every row
     */
    public static Column raise(Column message) {
        return raise_error(concat(lit(MARK), message));
    }

    /**
     * Explains a failure.
     *
     * @param what was being done, as the beginning of a sentence: {@code ETL orders, step enriched}
     * @param thrown what Spark threw; an error of ours among its causes is returned as it is
     */
    public static MillraceException explain(String what, Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        for (Throwable cause : causes) {
            if (cause instanceof MillraceException ours) {
                return ours;
            }
        }
        for (Throwable cause : causes) {
            String message = message(cause);
            int mark = message.indexOf(MARK);
            if (mark >= 0) {
                return MillraceException.user(what + ": " + message.substring(mark + MARK.length()), thrown);
            }
        }
        for (Throwable cause : causes) {
            Optional<MillraceException> explained = explained(what, cause, thrown);
            if (explained.isPresent()) {
                return explained.get();
            }
        }
        Throwable root = causes.get(causes.size() - 1);
        return MillraceException.external(
                what + " failed: " + root.getClass().getSimpleName() + ": " + message(root), thrown);
    }

    private static Optional<MillraceException> explained(String what, Throwable cause, Throwable thrown) {
        if (cause instanceof AnalysisException wrong) {
            return Optional.of(MillraceException.user(what + ": " + wrong.getSimpleMessage(), thrown));
        }
        if (cause instanceof SparkThrowable known && known.getCondition() != null) {
            if (known.getCondition().startsWith("FAILED_EXECUTE_UDF")) {
                return Optional.of(MillraceException.plugin(what + ": " + message(cause) + because(cause), thrown));
            }
            String state = String.valueOf(known.getSqlState());
            if (state.startsWith("22") || state.startsWith("42")) { // data exception; syntax or unknown name
                return Optional.of(MillraceException.user(what + ": " + message(cause), thrown));
            }
        }
        if (cause instanceof IOException) {
            return Optional.of(MillraceException.external(what + ": " + message(cause), thrown));
        }
        return Optional.empty();
    }

    private static String because(Throwable cause) {
        return cause.getCause() == null ? "" : ": " + cause.getCause();
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
        return message.replaceFirst(" SQLSTATE: \\w+", "").strip();
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
