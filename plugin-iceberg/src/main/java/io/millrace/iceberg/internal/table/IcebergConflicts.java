package io.millrace.iceberg.internal.table;

import dev.failsafe.RetryPolicy;
import io.millrace.config.Causes;
import io.millrace.internal.commit.CommitRetries;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/** Commits of tables that fail because others came first. Iceberg tries a few times by itself within each attempt. */
public final class IcebergConflicts {

    private IcebergConflicts() {}

    /** Returns how a commit of files is tried again, which says what else is wrong at once. */
    public static RetryPolicy<Object> retried(CommitRetries retries) {
        return retries.after(thrown -> thrown instanceof CommitFailedException);
    }

    /** Returns how a MERGE is tried again, which has to begin anew where others have changed what it has read. */
    public static RetryPolicy<Object> retriedMerge(CommitRetries retries) {
        return retries.after(IcebergConflicts::isConflict);
    }

    /** Returns whether a change of a table failed because others have changed it meanwhile. */
    public static boolean isConflict(Throwable failed) {
        return Causes.first(failed, CommitFailedException.class).isPresent()
                || Causes.first(failed, ValidationException.class).isPresent();
    }
}
