package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.ConfigSection;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import io.millrace.spi.upsert.TableFormat;
import io.millrace.spi.upsert.UpsertPlugin;
import io.millrace.spi.upsert.UpsertSettings;
import java.util.List;
import java.util.stream.Stream;

/** The upserts of products that name their tables themselves: the settings of entities' upserts, in kebab-case, and the same work. */
public final class TableUpsertPlugin implements UpsertPlugin {

    /** Made by {@link java.util.ServiceLoader}. */
    public TableUpsertPlugin() {}

    @Override
    public List<OptionDescription> options(TableFormat format) {
        return settings(format)
                .map(setting -> new OptionDescription(
                        setting.key(Spelling.KEBAB),
                        setting.type(Spelling.KEBAB),
                        setting.standard(Spelling.KEBAB).replace("required", "required for upsert"),
                        setting.meaning()))
                .toList();
    }

    @Override
    public UpsertSettings decode(PlanContext context, TableFormat format) {
        ConfigSection value = context.value();
        for (UpsertSetting setting : UpsertSetting.values()) {
            guesses(setting).forEach(guess -> value.instead(guess, "write " + form(setting)));
            if (setting.ofDeltaOnly() && format != TableFormat.DELTA) {
                value.instead(setting.key(Spelling.KEBAB), DeltaOnlySettings.elsewhere(setting));
            }
        }
        return new TableUpsertSettings(
                format == TableFormat.DELTA
                        ? ContinuousUpdate.readOfDelta(value, Spelling.KEBAB)
                        : ContinuousUpdate.read(value, Spelling.KEBAB));
    }

    private static Stream<UpsertSetting> settings(TableFormat format) {
        return Stream.of(UpsertSetting.values())
                .filter(setting -> format == TableFormat.DELTA || !setting.ofDeltaOnly());
    }

    private static String form(UpsertSetting setting) {
        return setting.key(Spelling.KEBAB) + (setting == UpsertSetting.KEYS ? " = [ … ]" : " = …");
    }

    /** Returns what users write who know the setting by another name. */
    private static List<String> guesses(UpsertSetting setting) {
        return switch (setting) {
            case KEYS ->
                List.of("key", "primary-key", "primaryKey", "primary-keys", "merge-keys", "unique-key", "key-columns");
            case ORDERING ->
                List.of("orderingExpression", "ordering-expression", "ordering", "order", "sequence-by", "precombine");
            case DELETE -> List.of("deleteExpression", "delete-expression", "delete", "deletes");
            default -> List.of();
        };
    }
}
