package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdateBuilder;
import io.millrace.catalog.Spelling;
import io.millrace.model.SchemaContract;
import io.millrace.spi.OutputContext;
import io.millrace.spi.upsert.UpsertSettings;
import io.millrace.spi.upsert.UpsertTable;
import java.time.Clock;
import java.util.Optional;

/** The settings of an upsert into a table that a product names. */
record TableUpsertSettings(ContinuousUpdateBuilder builder) implements UpsertSettings {

    @Override
    public Optional<TableUpsert> into(UpsertTable table, OutputContext context) {
        ContinuousUpdate settings = builder.build();
        UpsertPlan plan = new UpsertPlan(settings, Spelling.KEBAB, context.value(), context);
        if (!plan.check(null)) {
            return Optional.empty();
        }
        if (table instanceof UpsertTable.Delta) {
            plan.checkVacuum();
        }
        ContinuousUpdate effective =
                context.newColumns() == SchemaContract.Policy.EVOLVE ? settings.additive() : settings;
        return Optional.of(new TableUpsert(table, new UpsertRun(effective, Spelling.KEBAB, Clock.systemUTC())));
    }
}
