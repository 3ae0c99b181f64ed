package io.millrace.internal.spark.rows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.sql.ColumnNames;
import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Rows that are counted while something else uses them, without a pass of their own. The figures are those of the first action that runs through
 * them, so that action must use all of them: what only looks at them uses {@link #uncounted}.
 *
 * <p>Spark's own {@code Dataset.observe} does the same, but not within the code Spark generates: at three million rows it costs a third of a job
 * that only copies them, this next to nothing.
 */
public final class CountedRows {

    private static final String COUNTED = "_counted";

    private final List<String> names;
    private final RowCounts counts;
    private final @Nullable Aside aside;
    private final Dataset<Row> rows;

    private CountedRows(List<String> names, RowCounts counts, @Nullable Aside aside, Dataset<Row> rows) {
        this.names = names;
        this.counts = counts;
        this.aside = aside;
        this.rows = rows;
    }

    /** Rows that are kept on the way. */
    private record Aside(KeptRows kept, Column keeping) {

        static Aside of(Dataset<Row> rows, Column condition, List<String> columns) {
            KeptRows kept = new KeptRows(new StructType());
            kept.register(rows.sparkSession().sparkContext(), scala.Option.empty(), false);
            Column row = struct(columns.stream().map(ColumnNames::column).toArray(Column[]::new));
            return new Aside(kept, RowObserver.of(kept, "keep", when(condition, row)));
        }
    }

    /**
     * What is counted.
     *
     * @param name of the figure
     * @param condition of the rows that count; null is false
     */
    public record Count(String name, Column condition) {

        /** Counts every row. */
        public static Count all(String name) {
            return new Count(name, lit(true));
        }

        boolean every() {
            return condition.equals(lit(true));
        }

        boolean none() {
            return condition.equals(lit(false));
        }
    }

    /** Measures rows. */
    public static CountedRows of(Dataset<Row> rows, Count... wanted) {
        return of(rows, List.of(wanted));
    }

    /** Measures rows. */
    public static CountedRows of(Dataset<Row> rows, List<Count> wanted) {
        return of(rows, wanted, null);
    }

    /**
     * Measures rows, and keeps some of them on the way, as long as they are few.
     *
     * @param condition of the rows that are kept
     * @param columns of them that are kept
     */
    public static CountedRows keeping(Dataset<Row> rows, List<Count> wanted, Column condition, List<String> columns) {
        return of(rows, wanted, Aside.of(rows, condition, columns));
    }

    private static CountedRows of(Dataset<Row> rows, List<Count> wanted, @Nullable Aside aside) {
        RowCounts counts = new RowCounts(wanted.size());
        counts.register(rows.sparkSession().sparkContext(), scala.Option.empty(), false);
        Column condition = lit(true);
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).none()) {
                condition = condition.and(counting(counts, i, wanted.get(i).condition()));
            }
        }
        if (aside != null) {
            condition = condition.and(aside.keeping);
        }
        boolean looks = wanted.stream().anyMatch(each -> !each.every() && !each.none());
        // Spark may move a filter that looks at no column below what the rows are made of: as many pass it there.
        Dataset<Row> counted = looks ? barred(rows, condition) : rows.filter(condition);
        if (aside != null) {
            aside.kept.ofType(RowObserver.rowType(QueryPlans.analyzed(counted), aside.kept));
        }
        return new CountedRows(wanted.stream().map(Count::name).toList(), counts, aside, counted);
    }

    /**
     * Counts in a column that is not deterministic, and needed: Spark neither skips it nor moves the filter below what the rows are made of, where
     * it would make them twice. (A plan, not Datasets: each of those would be analyzed.)
     */
    private static Dataset<Row> barred(Dataset<Row> rows, Column counted) {
        LogicalPlan plan = QueryPlans.analyzed(rows.withColumn(COUNTED, counted));
        Seq<Attribute> columns = plan.output();
        LogicalPlan kept = new Filter(columns.last(), plan);
        return Dataset$.MODULE$.ofRows(QueryPlans.session(rows), new Project(named(columns), kept));
    }

    /** All columns but the last. */
    @SuppressWarnings("unchecked") // a list that cannot be changed
    private static Seq<NamedExpression> named(Seq<Attribute> columns) {
        return (Seq<NamedExpression>) (Seq<?>) columns.init();
    }

    /** Returns the rows without any counting, for a look at them besides the action that counts. */
    public static Dataset<Row> uncounted(Dataset<Row> rows) {
        return Dataset$.MODULE$.ofRows(QueryPlans.session(rows), stripped(QueryPlans.analyzed(rows)));
    }

    /** Returns the rows, to be used by an action. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Returns whether these rows are used in the making of others. */
    public boolean isPartOf(Dataset<Row> others) {
        return passes(others) != PlanPasses.NONE;
    }

    /** Returns whether an action that runs through others runs through all of these rows, once. Only then the figures are those of the rows. */
    public boolean isReadOnceBy(Dataset<Row> others) {
        return passes(others) == PlanPasses.ONCE;
    }

    /** Forgets what earlier actions counted: the next one is the first. */
    public void forget() {
        counts.reset();
        if (aside != null) {
            aside.kept.reset();
        }
    }

    /**
     * Returns the rows that were kept, after an action ran through all of them; empty where there were too many, or others than were counted.
     *
     * @param name of the figure that counts them
     */
    public Optional<Dataset<Row>> kept(String name) {
        return aside == null
                ? Optional.empty()
                : aside.kept.rows().filter(found -> found.size() == count(name)).map(found -> {
                    SparkSession session = QueryPlans.session(rows);
                    long bytes =
                            found.stream().mapToLong(UnsafeRow::getSizeInBytes).sum();
                    int tasks = (int) (1 + bytes / KeptRows.MOST_OF_A_TASK);
                    // Not a local relation: what is made of that is made on the driver, without the code that Spark
                    // generates.
                    RDD<InternalRow> few = session.sparkContext()
                            .parallelize(
                                    ScalaCollections.seq(List.<InternalRow>copyOf(found)),
                                    tasks,
                                    ClassTag.apply(InternalRow.class));
                    return session.internalCreateDataFrame(few, aside.kept.type(), false);
                });
    }

    /**
     * Returns a figure. To be called after an action ran through the rows, or through rows made of them; 0 where Spark found out that it need not
     * look at the rows at all.
     */
    public long count(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("nothing is counted as " + name + ", but " + names);
        }
        return counts.first().map(figures -> figures[number]).orElse(0L);
    }

    private static Column counting(RowCounts counts, int number, Column condition) {
        return RowObserver.of(counts, "count", lit(number), coalesce(condition, lit(false)));
    }

    /** Returns a plan that does the same and counts nothing. */
    static LogicalPlan stripped(LogicalPlan plan) {
        return QueryPlans.replaced(plan, RowObserver::is, Literal.TrueLiteral());
    }

    private PlanPasses passes(Dataset<Row> others) {
        return PlanPasses.through(
                QueryPlans.analyzed(others), plan -> CollectionConverters.asJava(plan.expressions()).stream()
                        .anyMatch(each -> contains(each, counts)));
    }

    private static boolean contains(Expression expression, RowCounts wanted) {
        return RowObserver.is(expression, wanted)
                || CollectionConverters.asJava(expression.children()).stream()
                        .anyMatch(child -> contains(child, wanted));
    }
}
