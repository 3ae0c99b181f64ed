package io.millrace.iceberg.internal.action;

import io.millrace.config.ConfigSection;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.spi.SupportsTableActions;
import java.util.Optional;
import java.util.Set;

/** What can be done to a table as a whole. */
public final class TableActions {

    /** What actions are called in a job. */
    public static final Set<String> NAMES = Set.of(
            "delete_from_dataset",
            "expire_snapshots",
            "remove_orphans",
            "rewrite_dataset",
            "rewrite_manifest",
            "set_version");

    private TableActions() {}

    /** Decodes an action on the table of a model; empty where its settings are wrong, which is noted on them. */
    public static Optional<SupportsTableActions.Action> of(IcebergModel model, String name, ConfigSection options) {
        return decoded(name, new ActionOptions(options))
                .map(work -> session -> work.on(new TableActionTarget(model, session)));
    }

    private static Optional<? extends TableWork> decoded(String name, ActionOptions options) {
        return switch (name) {
            case "delete_from_dataset" -> RowDeletion.decode(options);
            case "expire_snapshots" -> SnapshotExpiry.decode(options);
            case "remove_orphans" -> OrphanRemoval.decode(options);
            case "rewrite_dataset" -> FileRewrite.decode(options);
            case "rewrite_manifest" -> ManifestRewrite.decode(options);
            case "set_version" -> VersionChange.decode(options);
            default -> throw new IllegalArgumentException("unknown action " + name);
        };
    }
}
