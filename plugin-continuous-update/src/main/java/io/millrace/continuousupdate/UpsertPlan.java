package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.ConfigSection;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.spi.OutputContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What can be said of an upsert before there are rows. */
final class UpsertPlan {

    /** Delta keeps files this long unless the table says otherwise. */
    private static final int DELTA_RETENTION_HOURS = 168;

    /** SQL would read the last word as a name for the value. */
    private static final Pattern DIRECTION = Pattern.compile(
            ".*\\s(asc|desc)(\\s+nulls\\s+(first|last))?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final ContinuousUpdate settings;
    private final Spelling spelling;
    private final OutputContext context;
    private final ConfigSection section;
    private boolean right = true;

    /**
     * Looks at an upsert.
     *
     * @param section holds the settings
     * @param spelling how they are written there
     */
    UpsertPlan(ContinuousUpdate settings, Spelling spelling, ConfigSection section, OutputContext context) {
        this.settings = settings;
        this.spelling = spelling;
        this.section = section;
        this.context = context;
    }

    /**
     * Returns whether the settings will do; notes what is wrong, and warns of what may surprise.
     *
     * @param table the columns of the table; null where they are not declared
     */
    boolean check(@Nullable StructType table) {
        boolean ordering = expression(UpsertSetting.ORDERING, settings.orderingExpression());
        expression(UpsertSetting.DELETE, settings.deleteExpression());
        if (spelling == Spelling.KEBAB
                && DIRECTION.matcher(settings.orderingExpression()).matches()) {
            problem(
                    UpsertSetting.ORDERING,
                    "takes neither ASC nor DESC: the row with the greatest value stays; for the least write its negative, such as -(priority)");
        }
        if (!context.deadLettersAvailable()) {
            deadLetters(UpsertSetting.ON_TIE, settings.onTie(), OnTie.DEAD_LETTER);
            deadLetters(UpsertSetting.ON_NULL_ORDERING, settings.onNullOrdering(), OnNullOrdering.DEAD_LETTER);
            deadLetters(UpsertSetting.ON_NULL_KEY, settings.onNullKey(), OnNullKey.DEAD_LETTER);
            deadLetters(UpsertSetting.ON_STALE, settings.onStale(), OnStale.DEAD_LETTER);
        }
        if (table != null) {
            columns(table, ordering);
        }
        return right;
    }

    /** Warns of what Delta will refuse. */
    void checkVacuum() {
        ContinuousUpdate.@Nullable Vacuum vacuum = settings.vacuum();
        if (vacuum != null && vacuum.retentionHours() < DELTA_RETENTION_HOURS) {
            context.warn(UpsertSetting.RETENTION_HOURS.key(spelling) + " = " + vacuum.retentionHours()
                    + " is less than the " + DELTA_RETENTION_HOURS
                    + " hours for which Delta keeps files; unless the table's property delta.deletedFileRetentionDuration"
                    + " is as short, nothing will be deleted");
        }
    }

    private boolean expression(UpsertSetting setting, @Nullable String sql) {
        Optional<String> problem = sql == null ? Optional.empty() : context.expressionProblem(sql);
        problem.ifPresent(found -> problem(setting, "is not a SQL expression: " + found));
        return problem.isEmpty();
    }

    private void deadLetters(UpsertSetting setting, Enum<?> policy, Enum<?> deadLetter) {
        if (policy == deadLetter) {
            problem(
                    setting,
                    "is " + spelling.word(deadLetter) + ", but the ETL has no place for them; give it dead-letters");
        }
    }

    private void columns(StructType schema, boolean ordering) {
        List<String> missingKeys = missing(schema, settings.keys());
        if (!missingKeys.isEmpty()) {
            problem(
                    UpsertSetting.KEYS,
                    "the entity has no column " + String.join(", ", missingKeys) + "; it has "
                            + String.join(", ", schema.fieldNames()));
        }
        if (ordering && settings.orderingColumn() == null) {
            List<String> missing = missing(schema, List.copyOf(Expressions.names(settings.orderingExpression())));
            if (!missing.isEmpty()) {
                context.warn(StoredOrdering.lastBatchWins(spelling, settings.orderingExpression(), missing));
            }
        }
    }

    private static List<String> missing(StructType schema, List<String> names) {
        return names.stream()
                .filter(name -> UpsertColumns.named(name, schema).isEmpty())
                .toList();
    }

    private void problem(UpsertSetting setting, String message) {
        section.problem(setting.key(spelling), message);
        right = false;
    }
}
