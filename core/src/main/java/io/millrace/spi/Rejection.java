package io.millrace.spi;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The column that says why a row cannot be processed; null in a row that can. */
public final class Rejection {

    /** The column's name. */
    public static final String COLUMN = "_rejected";

    /** The column's type: stage, reason_code, reason. */
    public static final StructType TYPE = new StructType()
            .add("stage", DataTypes.StringType, false)
            .add("reason_code", DataTypes.StringType, false)
            .add("reason", DataTypes.StringType, true);

    private Rejection() {}

    /**
     * Makes the column's value for every row.
     *
     * @param stage where it turned out
     * @param code a stable word for programs, such as {@code MALFORMED_JSON}
     * @param reason a sentence for people
     */
    public static Column of(DeadLetterStage stage, String code, Column reason) {
        return struct(lit(stage.word()).as("stage"), lit(code).as("reason_code"), reason.as("reason"))
                .cast(TYPE);
    }

    /** Makes the column's value for the rows for which {@code condition} holds, and null for the others. */
    public static Column when(Column condition, DeadLetterStage stage, String code, Column reason) {
        return org.apache.spark.sql.functions.when(condition, of(stage, code, reason));
    }
}
