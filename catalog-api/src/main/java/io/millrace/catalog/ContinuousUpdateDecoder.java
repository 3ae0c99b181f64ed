package io.millrace.catalog;

import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.config.ConfigSection;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the settings of an upsert. The keys may stand among others: whoever decodes these ends the section.
 *
 * @param section holds the keys
 * @param spelling how they are written
 */
record ContinuousUpdateDecoder(ConfigSection section, Spelling spelling) {

    /** Notes what is wrong, and returns the settings; those that are for Delta tables only are left alone. */
    ContinuousUpdateBuilder decode() {
        return policies(ContinuousUpdate.on(keys(), ordering()));
    }

    /** Returns the same with those for Delta tables only. */
    ContinuousUpdateBuilder decodeOfDelta() {
        ContinuousUpdateBuilder update = ContinuousUpdate.on(keys(), ordering());
        pair(UpsertSetting.COMPACT_FREQUENCY, UpsertSetting.COMPACT_NUM_FILE, Compaction::new)
                .ifPresent(update::compaction);
        pair(UpsertSetting.VACUUM_FREQUENCY, UpsertSetting.RETENTION_HOURS, Vacuum::new)
                .ifPresent(update::vacuum);
        policies(update);
        if (section.optionalBoolean(key(UpsertSetting.SYMLINK_MANIFEST)).orElse(false)) {
            update.symlinkManifest();
        }
        return update;
    }

    private ContinuousUpdateBuilder policies(ContinuousUpdateBuilder update) {
        section.optionalWord(key(UpsertSetting.ON_TIE), spelling.words(OnTie.class))
                .ifPresent(update::onTie);
        section.optionalWord(key(UpsertSetting.ON_EQUAL_ORDERING), spelling.words(OnEqualOrdering.class))
                .ifPresent(update::onEqualOrdering);
        section.optionalWord(key(UpsertSetting.ON_NULL_ORDERING), spelling.words(OnNullOrdering.class))
                .ifPresent(update::onNullOrdering);
        section.optionalWord(key(UpsertSetting.ON_NULL_KEY), spelling.words(OnNullKey.class))
                .ifPresent(update::onNullKey);
        section.optionalWord(key(UpsertSetting.ON_STALE), spelling.words(OnStale.class))
                .ifPresent(update::onStale);
        section.optionalString(key(UpsertSetting.DELETE)).ifPresent(update::deleteExpression);
        section.optionalPositiveInt(key(UpsertSetting.TOMBSTONE_RETENTION)).ifPresent(update::tombstoneRetentionHours);
        String orderingColumn = key(UpsertSetting.ORDERING_COLUMN);
        section.optionalString(orderingColumn).ifPresent(column -> {
            update.orderingColumn(column);
            ContinuousUpdate.flawOfOrderingColumn(column, update.keys)
                    .ifPresent(flaw -> section.problem(orderingColumn, flaw));
        });
        section.optionalWord(key(UpsertSetting.SCHEMA_EVOLUTION), spelling.words(SchemaEvolution.class))
                .ifPresent(update::schemaEvolution);
        return update;
    }

    private String ordering() {
        String key = key(UpsertSetting.ORDERING);
        if (spelling == Spelling.KEBAB && !section.has(key)) {
            section.problem(key, "is missing; name the column that is greater in the newer row, such as updated_at");
            return "";
        }
        return section.string(key);
    }

    private List<String> keys() {
        String key = key(UpsertSetting.KEYS);
        if (!section.has(key)) {
            section.problem(key, "is missing; name the columns that make a row unique");
            return List.of();
        }
        List<String> keys = section.strings(key);
        boolean legible = section.raw(key)
                .filter(list -> list.isArray() && list.size() == keys.size())
                .isPresent();
        if (legible) {
            ContinuousUpdate.flawOfKeys(keys).ifPresent(flaw -> section.problem(key, flaw));
        }
        return keys;
    }

    /** Makes maintenance of two numbers of which neither has a meaning without the other. */
    private <T> Optional<T> pair(UpsertSetting frequency, UpsertSetting other, Pair<T> factory) {
        Optional<Integer> every = section.optionalPositiveInt(key(frequency));
        Optional<Integer> amount = section.optionalPositiveInt(key(other));
        boolean often = section.has(key(frequency));
        if (often != section.has(key(other))) {
            section.problem(
                    key(often ? frequency : other),
                    "has no effect without " + key(often ? other : frequency) + "; set both or none");
        }
        return every.isPresent() && amount.isPresent()
                ? Optional.of(factory.of(every.get(), amount.get()))
                : Optional.empty();
    }

    private String key(UpsertSetting setting) {
        return setting.key(spelling);
    }

    private interface Pair<T> {
        T of(int frequency, int other);
    }
}
