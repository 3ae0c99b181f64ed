package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.config.MillraceException;
import io.millrace.parallelwrite.ColdTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table rows are merged into.
 *
 * @param name the entity's name, for messages
 * @param schema its columns
 * @param keys the key columns as the table spells them
 * @param admitted what the rows of the batch must be: the table's columns but for the ordering column. What rows may lack because they delete
 *     their key, and nulls in keys, are let in here; they are judged later
 * @param orderingColumn the column that keeps the ordering, as the table spells it; null for none
 */
record UpsertTarget(
        String name, StructType schema, List<String> keys, StructType admitted, @Nullable String orderingColumn) {

    /** Returns how messages name an entity. */
    static String name(ColdTarget cold) {
        return "entity " + cold.entity();
    }

    static UpsertTarget of(ColdTarget cold, StructType schema, ContinuousUpdate settings) {
        String name = name(cold);
        List<String> keys = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String key : settings.keys()) {
            List<StructField> found = UpsertColumns.named(key, schema);
            if (found.isEmpty()) {
                missing.add(key);
            } else {
                keys.add(found.get(0).name());
            }
        }
        if (!missing.isEmpty()) {
            throw MillraceException.user(name + " has no column " + String.join(", ", missing)
                    + " to serve as a key; it has " + String.join(", ", schema.fieldNames()));
        }
        @Nullable String stored = settings.orderingColumn();
        @Nullable
        String orderingColumn = stored == null
                ? null
                : UpsertColumns.named(stored, schema).stream()
                        .map(StructField::name)
                        .findFirst()
                        .orElse(stored);
        boolean deletes = settings.deleteExpression() != null;
        StructType admitted = new StructType(Stream.of(schema.fields())
                .filter(field -> !field.name().equals(orderingColumn))
                .map(field -> deletes || keys.contains(field.name()) ? nullable(field) : field)
                .toArray(StructField[]::new));
        return new UpsertTarget(name, schema, keys, admitted, orderingColumn);
    }

    /** Whether rows that do not delete must have a value, though it is admitted without one. */
    boolean required(StructField admitted) {
        return admitted.nullable()
                && !keys.contains(admitted.name())
                && !schema.apply(admitted.name()).nullable();
    }

    private static StructField nullable(StructField field) {
        return new StructField(field.name(), field.dataType(), true, field.metadata());
    }
}
