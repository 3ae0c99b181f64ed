package io.millrace.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.config.ConfigSection;
import io.millrace.config.Vocabulary;
import java.util.List;
import java.util.Optional;
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

    static Optional<ContinuousUpdate> decode(ConfigSection section) {
        List<String> keys = keys(section);
        ContinuousUpdateBuilder update = ContinuousUpdate.on(keys, section.string("orderingExpression"));
        pair(section, "compactFrequency", "compactNumFile", Compaction::new).ifPresent(update::compaction);
        pair(section, "vacuumFrequency", "retentionHours", Vacuum::new).ifPresent(update::vacuum);
        section.optionalWord("onTie", Vocabulary.camel(OnTie.class)).ifPresent(update::onTie);
        section.optionalWord("onEqualOrdering", Vocabulary.camel(OnEqualOrdering.class))
                .ifPresent(update::onEqualOrdering);
        section.optionalWord("onNullOrdering", Vocabulary.camel(OnNullOrdering.class))
                .ifPresent(update::onNullOrdering);
        section.optionalWord("onNullKey", Vocabulary.camel(OnNullKey.class)).ifPresent(update::onNullKey);
        section.optionalWord("onStale", Vocabulary.camel(OnStale.class)).ifPresent(update::onStale);
        section.optionalString("deleteExpression").ifPresent(update::deleteExpression);
        section.optionalPositiveInt("tombstoneRetentionHours").ifPresent(update::tombstoneRetentionHours);
        section.optionalString("orderingColumn").ifPresent(column -> {
            update.orderingColumn(column);
            ContinuousUpdate.flawOfOrderingColumn(column, keys)
                    .ifPresent(flaw -> section.problem("orderingColumn", flaw));
        });
        section.optionalWord("schemaEvolution", Vocabulary.camel(SchemaEvolution.class))
                .ifPresent(update::schemaEvolution);
        if (section.optionalBoolean("symlinkManifest").orElse(false)) {
            update.symlinkManifest();
        }
        return section.build(update::build);
    }

    private static List<String> keys(ConfigSection section) {
        if (!section.has("keys")) {
            section.problem("keys", "is missing; name the columns that make a row unique");
            return List.of();
        }
        List<String> keys = section.strings("keys");
        boolean legible = section.raw("keys")
                .filter(list -> list.isArray() && list.size() == keys.size())
                .isPresent();
        if (legible) {
            ContinuousUpdate.flawOfKeys(keys).ifPresent(flaw -> section.problem("keys", flaw));
        }
        return keys;
    }

    /** Makes maintenance of two numbers of which neither has a meaning without the other. */
    private static <T> Optional<T> pair(ConfigSection section, String frequency, String other, Pair<T> factory) {
        Optional<Integer> every = section.optionalPositiveInt(frequency);
        Optional<Integer> amount = section.optionalPositiveInt(other);
        if (section.has(frequency) != section.has(other)) {
            String given = section.has(frequency) ? frequency : other;
            section.problem(
                    given,
                    "has no effect without " + (section.has(frequency) ? other : frequency) + "; set both or none");
        }
        return every.isPresent() && amount.isPresent()
                ? Optional.of(factory.of(every.get(), amount.get()))
                : Optional.empty();
    }

    private static void word(ObjectNode into, String key, Enum<?> policy, Enum<?> usual) {
        if (policy != usual) {
            into.put(key, Vocabulary.camel(policy));
        }
    }

    private interface Pair<T> {
        T of(int frequency, int other);
    }
}
