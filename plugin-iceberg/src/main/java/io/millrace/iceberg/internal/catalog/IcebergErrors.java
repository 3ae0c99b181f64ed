package io.millrace.iceberg.internal.catalog;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.spi.SparkErrors;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.spark.SparkThrowable;

/** Says in one sentence, and to the right person, what Iceberg throws. */
public final class IcebergErrors {

    private IcebergErrors() {}

    /**
     * Translates what a catalog, or a table's metadata, threw.
     *
     * @param what what was being done; the message begins with it
     */
    public static MillraceException of(String what, Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        for (Throwable cause : causes) {
            if (unknownCatalog(cause) || cause instanceof NoSuchNamespaceException) {
                return MillraceException.user(what + ": " + cause.getMessage(), thrown);
            }
            if (cause instanceof SQLException
                    || cause instanceof RESTException
                    || cause instanceof NotAuthorizedException
                    || cause instanceof ForbiddenException) {
                return MillraceException.external(what + ": " + named(cause), thrown);
            }
        }
        return SparkErrors.of(what, thrown);
    }

    private static boolean unknownCatalog(Throwable cause) {
        return cause instanceof SparkThrowable raised && "CATALOG_NOT_FOUND".equals(raised.getCondition());
    }

    private static String named(Throwable cause) {
        String named = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        Throwable below = cause instanceof RESTException ? cause.getCause() : null;
        return below == null ? named : named + ": " + below.getMessage();
    }
}
