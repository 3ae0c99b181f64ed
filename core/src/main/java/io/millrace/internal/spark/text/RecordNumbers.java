package io.millrace.internal.spark.text;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.millrace.internal.spark.ScalaCollections;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the records of files while Spark reads them, from 1 in each part of a file that a task reads. To Spark the numbers are not deterministic, so
 * that no filter moves below them; yet a record has the same number whenever its file is read. Each task has a copy.
 */
public final class RecordNumbers implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable UTF8String file;
    private transient long part;
    private transient long last;
    private transient long number;

    private RecordNumbers() {}

    /**
     * Returns the column with the numbers.
     *
     * @param rows as they come from Spark's reader
     * @param path of the file, in {@code _metadata}
     * @param split the byte at which the part of the file begins
     */
    public static Column of(Dataset<Row> rows, Column path, Column split) {
        Column row = rows.isStreaming() ? lit(0L) : monotonically_increasing_id(); // which Spark has not for streams
        return ExpressionUtils.column(new Invoke(
                Literal.fromObject(new RecordNumbers(), new ObjectType(RecordNumbers.class)),
                "number",
                DataTypes.LongType,
                ScalaCollections.seq(Stream.of(path, split, row)
                        .map(ExpressionUtils::expression)
                        .toList()),
                ScalaCollections.seq(List.<AbstractDataType>of()),
                false,
                false,
                false));
    }

    /** Returns whether an expression is the numbering of records. */
    public static boolean is(Expression expression) {
        return expression instanceof Invoke invoke
                && invoke.targetObject() instanceof Literal literal
                && literal.value() instanceof RecordNumbers;
    }

    /**
     * Called by Spark.
     *
     * @param row a number that grows from row to row; where it falls, Spark has begun again in the same task
     */
    public long number(UTF8String path, long split, long row) {
        if (file == null || split != part || row < last || !file.equals(path)) {
            file = path.copy(); // Spark uses its memory for the next row
            part = split;
            number = 0;
        }
        last = row;
        number++;
        return number;
    }
}
