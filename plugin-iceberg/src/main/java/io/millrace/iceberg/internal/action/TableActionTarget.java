package io.millrace.iceberg.internal.action;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.commit.ConflictingCommit;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.spark.ActiveSession;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.SparkSession;

/** A table that something is done to, seen from a session. */
public record TableActionTarget(IcebergModel model, SparkSession session) {

    /**
     * Returns the table as it is now.
     *
     * @throws MillraceException of kind USER where there is none
     */
    public Table existing() {
        return new IcebergTargetTable(model, session)
                .find()
                .orElseThrow(() -> MillraceException.user(model.words() + " does not exist"));
    }

    /**
     * Makes sure that files of a table may be deleted.
     *
     * @throws MillraceException of kind USER where the table says that they may be those of other tables too
     */
    void checkDeletable(Table table) {
        if (!PropertyUtil.propertyAsBoolean(
                table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT)) {
            throw MillraceException.user("files of " + model.words() + " must not be deleted: its property "
                    + TableProperties.GC_ENABLED + " is false, because other tables may have them too");
        }
    }

    SparkActions actions() {
        return SparkActions.get(session);
    }

    /**
     * Calls something in the session.
     *
     * @param what what is being done, for the message of a failure: {@code cannot rewrite the files of}
     * @throws MillraceException of kind USER where Iceberg refuses what was asked for, else as {@link IcebergErrors} says
     */
    public <T> T doing(String what, Callable<T> work) {
        String doing = what + " " + model.words();
        try {
            return ActiveSession.in(session, work);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            if (IcebergConflicts.isConflict(failed)) {
                throw MillraceException.external(
                        doing + ": others came first each time; the last one was "
                                + ConflictingCommit.last(existing(), model.branch()) + ". Run it again",
                        failed);
            }
            throw Causes.first(failed, IllegalArgumentException.class)
                    .map(refused -> MillraceException.user(doing + ": " + refused.getMessage(), failed))
                    .orElseGet(() -> IcebergErrors.of(doing, failed));
        }
    }
}
