package io.millrace.deadletter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.millrace.config.MillraceException;
import io.millrace.spi.SourceColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What is kept of a row that could not be processed, whatever product keeps it. */
public final class DeadLetter {

    /** The columns: where the row comes from, with its original, and why, where and when it could not be processed. */
    public static final StructType TYPE = new StructType(concat(
            SourceColumn.KEPT.fields(),
            new StructType()
                    .add("stage", DataTypes.StringType)
                    .add("reason_code", DataTypes.StringType)
                    .add("reason", DataTypes.StringType)
                    .add("row", DataTypes.StringType)
                    .add("replayable", DataTypes.BooleanType)
                    .add("etl", DataTypes.StringType)
                    .add("batch_id", DataTypes.StringType)
                    .add("failed_at", DataTypes.TimestampType)
                    .fields()));

    private static final String LETTER = "_letter";

    private DeadLetter() {}

    /**
     * Gives dead letters their columns back, as they are read from where they were written: typed, as JSON whose types were guessed, or as the value
     * of a record of a topic.
     *
     * @param model says where they were read
     */
    static Dataset<Row> typed(Dataset<Row> rows, String model) {
        List<String> names = Arrays.asList(rows.columns());
        if (names.contains("reason_code")) {
            Column json = to_json(struct(col("*")));
            return isTyped(rows) ? rows.select(columns()) : parsed(rows, json);
        }
        if (names.contains("value")) {
            return parsed(rows, col("value").cast("string"));
        }
        throw MillraceException.user(
                "model " + model + " holds no dead letters; its columns are " + String.join(", ", names));
    }

    private static boolean isTyped(Dataset<Row> rows) {
        return Arrays.stream(TYPE.fields())
                .allMatch(field -> Arrays.stream(rows.schema().fields())
                        .anyMatch(there -> there.name().equals(field.name())
                                && there.dataType().sameType(field.dataType())));
    }

    private static Dataset<Row> parsed(Dataset<Row> rows, Column json) {
        return rows.select(from_json(json, TYPE).as(LETTER))
                .filter(col(LETTER).isNotNull().and(col(LETTER + ".reason_code").isNotNull()))
                .select(LETTER + ".*");
    }

    private static Column[] columns() {
        return Arrays.stream(TYPE.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
    }

    private static StructField[] concat(StructField[] some, StructField[] others) {
        StructField[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }
}
