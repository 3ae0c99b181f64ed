package io.millrace.internal.spark.rows;

import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Rows of which the first ones are kept, to be shown, while something else uses them: a few of each group. They cost no pass of their own, and no
 * more than their size, as a task stops to keep when it has enough.
 */
public final class Sampled {

    private final FirstRows first;
    private final Dataset<Row> rows;

    private Sampled(FirstRows first, Dataset<Row> rows) {
        this.first = first;
        this.rows = rows;
    }

    /**
     * Samples rows.
     *
     * @param shown what is kept of a row
     * @param group a text; rows with the same one are a group
     * @param ofGroup how many rows of a group each task keeps at most
     * @param inAll how many rows each task keeps at most
     */
    public static Sampled of(Dataset<Row> rows, List<Column> shown, Column group, int ofGroup, int inAll) {
        FirstRows first = new FirstRows(new StructType(), ofGroup, inAll);
        first.register(rows.sparkSession().sparkContext(), scala.Option.empty(), false);
        Column row = struct(shown.toArray(Column[]::new));
        Dataset<Row> sampled = rows.filter(RowObserver.of(first, "keep", group, row));
        first.ofType(RowObserver.rowType(QueryPlans.analyzed(sampled), first));
        return new Sampled(first, sampled);
    }

    /** Returns the rows, to be used by an action. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Returns what each task of the first action has kept, in the order of the partitions; nothing where no action was run. */
    public List<Row> first() {
        Function1<Object, Object> toRow = CatalystTypeConverters.createToScalaConverter(first.type());
        return first.rows().map(row -> (Row) toRow.apply(row)).toList();
    }
}
