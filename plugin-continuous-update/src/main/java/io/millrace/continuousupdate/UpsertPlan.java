package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.config.ConfigSection;
import io.millrace.continuousupdate.spark.Expressions;
import io.millrace.parallelwrite.EntityOutput;
import io.millrace.spi.OutputContext;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What can be said of an upsert before there are rows. */
final class UpsertPlan {

    /** Delta keeps files this long unless the table says otherwise. */
    private static final int DELTA_RETENTION_HOURS = 168;

    private final ContinuousUpdate settings;
    private final EntityOutput output;
    private final OutputContext context;
    private final ConfigSection section;
    private boolean right = true;

    UpsertPlan(ContinuousUpdate settings, EntityOutput output, OutputContext context) {
        this.settings = settings;
        this.output = output;
        this.context = context;
        this.section = context.value().section("writerDetails");
    }

    /** Returns whether the settings will do; notes what is wrong, and warns of what may surprise. */
    boolean check() {
        boolean ordering = expression("orderingExpression", settings.orderingExpression());
        expression("deleteExpression", settings.deleteExpression());
        if (!context.deadLettersAvailable()) {
            deadLetters("onTie", settings.onTie() == OnTie.DEAD_LETTER);
            deadLetters("onNullOrdering", settings.onNullOrdering() == OnNullOrdering.DEAD_LETTER);
            deadLetters("onNullKey", settings.onNullKey() == OnNullKey.DEAD_LETTER);
            deadLetters("onStale", settings.onStale() == OnStale.DEAD_LETTER);
        }
        EntityFormat format = output.definition().map(EntityDefinition::format).orElse(EntityFormat.DELTA);
        DeltaOnly.problems(settings, format).forEach(this::problem);
        output.definition()
                .flatMap(EntityDefinition::schema)
                .flatMap(Expressions::columns)
                .ifPresent(schema -> table(schema, ordering));
        ContinuousUpdate.@Nullable Vacuum vacuum = settings.vacuum();
        if (format == EntityFormat.DELTA && vacuum != null && vacuum.retentionHours() < DELTA_RETENTION_HOURS) {
            context.warn("retentionHours = " + vacuum.retentionHours() + " is less than the " + DELTA_RETENTION_HOURS
                    + " hours for which Delta keeps files; unless the table's property delta.deletedFileRetentionDuration"
                    + " is as short, nothing will be deleted");
        }
        return right;
    }

    private boolean expression(String key, @Nullable String sql) {
        Optional<String> problem = sql == null ? Optional.empty() : context.expressionProblem(sql);
        problem.ifPresent(found -> problem(key, "is not a SQL expression: " + found));
        return problem.isEmpty();
    }

    private void deadLetters(String key, boolean needed) {
        if (needed) {
            problem(key, "is deadLetter, but the ETL has no place for them; give it dead-letters");
        }
    }

    private void table(StructType schema, boolean ordering) {
        List<String> missingKeys = missing(schema, settings.keys());
        if (!missingKeys.isEmpty()) {
            problem(
                    "keys",
                    "the entity has no column " + String.join(", ", missingKeys) + "; it has "
                            + String.join(", ", schema.fieldNames()));
        }
        if (ordering && settings.orderingColumn() == null) {
            List<String> missing = missing(schema, List.copyOf(Expressions.names(settings.orderingExpression())));
            if (!missing.isEmpty()) {
                context.warn(StoredOrdering.lastBatchWins(settings.orderingExpression(), missing));
            }
        }
    }

    private static List<String> missing(StructType schema, List<String> names) {
        return names.stream()
                .filter(name -> UpsertColumns.named(name, schema).isEmpty())
                .toList();
    }

    private void problem(String key, String message) {
        section.problem(key, message);
        right = false;
    }
}
