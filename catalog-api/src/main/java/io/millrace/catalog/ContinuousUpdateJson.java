package io.millrace.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.config.AllowedWords;
import org.jspecify.annotations.Nullable;

/** The keys of {@code writerDetails} of a {@link ContinuousUpdate}. A policy at its default is not written. */
final class ContinuousUpdateJson {

    private ContinuousUpdateJson() {}

    static void encode(ContinuousUpdate update, ObjectNode into) {
        ContinuousUpdate plain = new ContinuousUpdate(update.keys(), update.orderingExpression());
        ArrayNode keys = into.putArray("keys");
        update.keys().forEach(keys::add);
        into.put("orderingExpression", update.orderingExpression());
        @Nullable Compaction compaction = update.compaction();
        if (compaction != null) {
            into.put("compactFrequency", compaction.frequency()).put("compactNumFile", compaction.files());
        }
        @Nullable Vacuum vacuum = update.vacuum();
        if (vacuum != null) {
            into.put("retentionHours", vacuum.retentionHours()).put("vacuumFrequency", vacuum.frequency());
        }
        word(into, "onTie", update.onTie(), plain.onTie());
        word(into, "onEqualOrdering", update.onEqualOrdering(), plain.onEqualOrdering());
        word(into, "onNullOrdering", update.onNullOrdering(), plain.onNullOrdering());
        word(into, "onNullKey", update.onNullKey(), plain.onNullKey());
        word(into, "onStale", update.onStale(), plain.onStale());
        if (update.deleteExpression() != null) {
            into.put("deleteExpression", update.deleteExpression());
        }
        if (update.tombstoneRetentionHours() != plain.tombstoneRetentionHours()) {
            into.put("tombstoneRetentionHours", update.tombstoneRetentionHours());
        }
        if (update.orderingColumn() != null) {
            into.put("orderingColumn", update.orderingColumn());
        }
        word(into, "schemaEvolution", update.schemaEvolution(), plain.schemaEvolution());
    }

    private static void word(ObjectNode into, String key, Enum<?> policy, Enum<?> usual) {
        if (policy != usual) {
            into.put(key, AllowedWords.camel(policy));
        }
    }
}
