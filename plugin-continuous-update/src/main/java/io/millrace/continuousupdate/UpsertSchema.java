package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The table at the target's place: made where there is none, and given the columns it lacks where the settings say so. */
final class UpsertSchema {

    private final UpsertWording wording;
    private final MergeTable table;

    UpsertSchema(UpsertWording wording, MergeTable table) {
        this.wording = wording;
        this.table = table;
    }

    /** Returns the columns of the table as it should be for the rows, and makes an empty one where there is none. */
    SchemaGrowth schemaFor(ContinuousUpdate settings, InputRows input) {
        StructType schema = table.columns(() -> input.newTable(settings));
        List<String> added = new ArrayList<>();
        @Nullable String orderingColumn = settings.orderingColumn();
        if (orderingColumn != null) {
            SchemaGrowth growth = SchemaGrowth.with(schema, orderingColumn, input.orderingType());
            schema = growth.schema();
            added.addAll(growth.added());
            requireType(schema, orderingColumn, input.orderingType());
        }
        if (settings.schemaEvolution() == SchemaEvolution.ADDITIVE) {
            SchemaGrowth growth = SchemaGrowth.between(schema, input.worthKeeping(settings));
            schema = growth.schema();
            added.addAll(growth.added());
        }
        return new SchemaGrowth(schema, added);
    }

    /** Gives the table the columns it lacks, in a commit of its own. */
    void grow(SchemaGrowth growth, Batch batch) {
        if (!growth.added().isEmpty()) {
            table.addColumns(batch, growth);
        }
    }

    private void requireType(StructType schema, String column, DataType wanted) {
        DataType type = UpsertColumns.named(column, schema).get(0).dataType();
        if (!same(type, wanted)) {
            throw MillraceException.user(wording.table() + ": " + wording.key(UpsertSetting.ORDERING_COLUMN) + " "
                    + column + " is " + type.sql() + ", but " + wording.key(UpsertSetting.ORDERING) + " yields "
                    + wanted.sql()
                    + "; name another column, or cast the expression");
        }
    }

    /** Whether the types are one but for what may be null. */
    static boolean same(DataType left, DataType right) {
        return left.catalogString()
                .toLowerCase(Locale.ROOT)
                .equals(right.catalogString().toLowerCase(Locale.ROOT));
    }
}
