package io.millrace.iceberg.internal.action;

import dev.failsafe.Failsafe;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.internal.commit.CommitRetries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;

/**
 * Deletes the rows for which a condition holds.
 *
 * @param where names the table {@code target}; other relations are the session's
 */
public record RowDeletion(String where) implements TableWork {

    private static final String MARK = "millrace.action";

    static Optional<RowDeletion> decode(ActionOptions options) {
        String where = options.required("where", "delete-where");
        if (!where.isEmpty()) {
            options.condition("where", "delete-where");
        }
        return options.build(() -> new RowDeletion(where));
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Table table = target.existing();
        String mark = UUID.randomUUID().toString();
        String statement =
                "DELETE FROM " + target.model().table().sql(target.model().branch()) + " AS target WHERE " + where;
        target.doing("cannot delete rows of", () -> Failsafe.with(IcebergConflicts.retriedMerge(CommitRetries.STANDARD))
                .get(() -> CommitMetadata.withCommitProperties(
                        Map.of(MARK, mark), () -> target.session().sql(statement), Exception.class)));
        table.refresh();
        Map<String, Object> figures = new LinkedHashMap<>();
        Optional<Snapshot> snapshot = BatchSnapshots.history(
                        table, target.model().branch())
                .filter(made -> mark.equals(made.summary().get(MARK)))
                .findFirst();
        figures.put("rows deleted", snapshot.map(RowDeletion::rows).orElse(0L));
        snapshot.ifPresent(made -> figures.put("snapshot", Long.toString(made.snapshotId())));
        return figures;
    }

    /** A file is deleted and written again without the rows, or the rows get marks that they are deleted. */
    private static long rows(Snapshot snapshot) {
        return number(snapshot, "deleted-records")
                - number(snapshot, "added-records")
                + number(snapshot, "added-position-deletes")
                - number(snapshot, "removed-position-deletes");
    }

    private static long number(Snapshot snapshot, String key) {
        return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
    }
}
