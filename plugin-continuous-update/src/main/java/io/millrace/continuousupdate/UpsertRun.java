package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.Preparation;
import io.millrace.spi.upsert.MergeTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.types.StructType;

/** The batches of one run on their way into their table, whatever that is. Counts its commits for the maintenance. */
final class UpsertRun {

    private final ContinuousUpdate settings;
    private final Spelling spelling;
    private final Clock clock;
    private final UpsertMaintenanceSchedule schedule;

    UpsertRun(ContinuousUpdate settings, Spelling spelling, Clock clock) {
        this.settings = settings;
        this.spelling = spelling;
        this.clock = clock;
        this.schedule = new UpsertMaintenanceSchedule(settings, spelling);
    }

    /** Returns another run of the same settings. */
    UpsertRun next() {
        return new UpsertRun(settings, spelling, clock);
    }

    ContinuousUpdate settings() {
        return settings;
    }

    String description() {
        return "upsert by " + String.join(", ", settings.keys()) + ", newest " + settings.orderingExpression()
                + " stays";
    }

    /** Returns the names of the columns that only the settings look at. */
    Set<String> inputColumns() {
        Set<String> names = new TreeSet<>(Expressions.names(settings.orderingExpression()));
        if (settings.deleteExpression() != null) {
            names.addAll(Expressions.names(settings.deleteExpression()));
        }
        return names;
    }

    /** Returns the columns that the settings name; those of an entity's model lie below {@code writerDetails}. */
    List<NamedColumn> namedColumns() {
        List<NamedColumn> named = new ArrayList<>(
                NamedColumn.names(path(UpsertSetting.KEYS), settings.keys()).toList());
        named.add(NamedColumn.expression(path(UpsertSetting.ORDERING), settings.orderingExpression()));
        if (settings.deleteExpression() != null) {
            named.add(NamedColumn.expression(path(UpsertSetting.DELETE), settings.deleteExpression()));
        }
        return named;
    }

    private String path(UpsertSetting setting) {
        return (spelling == Spelling.CAMEL ? "writerDetails." : "") + setting.key(spelling);
    }

    /** Returns whether the table gets the columns that it lacks and the rows have. */
    boolean addsColumns() {
        return settings.schemaEvolution() == SchemaEvolution.ADDITIVE;
    }

    List<String> summary(List<Map<String, Object>> details) {
        return new UpsertSummary(details).lines();
    }

    List<String> notes(StructType table) {
        return KeyRange.possible(settings.keys(), table);
    }

    /**
     * Upserts a batch.
     *
     * @param name how messages name the table, such as {@code entity sales/orders/v1}
     * @param place the same with its place, where that is known
     * @param open opens the table
     */
    CommitOutcome write(Batch batch, String name, String place, Callable<MergeTable> open) {
        return Preparation.asking("cannot upsert into " + place, () -> {
            MergeTable table = open.call();
            Optional<CommitOutcome> before = table.before(batch);
            return before.isPresent()
                    ? before::get
                    : () -> upserted(batch, new UpsertWording(name, spelling), place, table);
        });
    }

    private CommitOutcome upserted(Batch batch, UpsertWording wording, String place, MergeTable table) {
        try (UpsertBatch upsert = new UpsertBatch(batch, settings, wording, clock.instant())) {
            return Preparation.of(
                    "cannot upsert into " + place,
                    () -> upsert.prepared(table, maintenance -> due(batch, table, maintenance)));
        }
    }

    private void due(Batch batch, MergeTable table, UpsertMaintenance maintenance) {
        if (table instanceof DeltaMergeTable delta) {
            schedule.run(batch.session(), delta.place(), batch.id().output(), maintenance);
        }
    }
}
