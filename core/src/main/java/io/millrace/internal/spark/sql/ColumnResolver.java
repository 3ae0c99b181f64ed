package io.millrace.internal.spark.sql;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.spi.Slice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias$;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple3;

/**
 * Resolves the columns of queries and expressions by Spark's analyser alone, over views of known columns without rows: needs no session and reads
 * nothing. Of what the analyser alone cannot know, such as a table of a catalog or a user's function, nothing is said. Not for use by several
 * threads.
 */
public final class ColumnResolver {

    /** Values of the types that a run's parameters have. */
    private static final Map<String, Object> PARAMETERS = Map.of(
            "run_date", LocalDate.EPOCH,
            "window_start", Instant.EPOCH,
            "window_end", Instant.EPOCH,
            "partitions", new Integer[] {0});

    /** Each round mends what it finds, to find what that has hidden; a text that needs more has enough problems already. */
    private static final int MOST_ROUNDS = 20;

    private final List<String> texts;
    private final Map<String, String> settings;
    private @Nullable Analyzer analyzer;

    /**
     * Makes a resolver.
     *
     * @param settings those of Spark that hold where the texts are run, besides those of the session that is active here, if one is
     */
    public ColumnResolver(Map<String, String> settings) {
        this(settings, List.of());
    }

    /** @param texts names of parameters, besides those that any run has; their values are texts */
    public ColumnResolver(Map<String, String> settings, List<String> texts) {
        this.settings = Map.copyOf(settings);
        this.texts = List.copyOf(texts);
    }

    /**
     * Resolves a query.
     *
     * @param views the columns of every view it reads
     */
    public ResolvedColumns query(String sql, Map<String, StructType> views) {
        return resolve(sql, text -> with(parsed(SqlSyntax.withoutSemicolon(text)), views));
    }

    /** Resolves an expression over rows of these columns; what it yields is one column. */
    public ResolvedColumns expression(String sql, StructType columns) {
        ResolvedColumns resolved = resolve(sql, text -> projected(List.of(text), columns));
        return new ResolvedColumns(
                resolved.type(),
                resolved.problems().stream()
                        .map(problem -> problem.orAmong(columns.fieldNames()))
                        .toList());
    }

    /** Returns what rows of these columns become by {@code select} of expressions. */
    public ResolvedColumns select(List<String> expressions, StructType columns) {
        return resolve(expressions.get(expressions.size() - 1), text -> {
            List<String> all = new ArrayList<>(expressions.subList(0, expressions.size() - 1));
            all.add(text);
            return projected(all, columns);
        });
    }

    private interface Parse {
        LogicalPlan parse(String text) throws AnalysisException;
    }

    private ResolvedColumns resolve(String sql, Parse parse) {
        SQLConf conf = SQLConf.get().clone();
        settings.forEach(conf::setConfString);
        return SQLConf.withExistingConf(conf, () -> resolved(sql, parse));
    }

    private ResolvedColumns resolved(String sql, Parse parse) {
        List<ColumnProblem> found = new ArrayList<>();
        MendedText text = new MendedText(sql);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try {
                LogicalPlan plan = analyzer().execute(parse.parse(text.text()));
                if (plan.resolved()) {
                    return new ResolvedColumns(text.certain() ? plan.schema() : null, sorted(found));
                }
                List<ColumnProblem> missing = MissingColumns.of(plan, text.text());
                missing.forEach(each -> found.add(text.asWritten(each)));
                if (!text.mend(missing)) {
                    break;
                }
            } catch (AnalysisException wrong) {
                if (!text.certain()) {
                    break; // it may be the NULL that stands where a column was
                }
                List<ColumnProblem> thrown =
                        AnalysisProblem.of(wrong, text.text()).stream().toList();
                thrown.forEach(each -> found.add(text.asWritten(each)));
                if (!text.mend(thrown)) {
                    break;
                }
            } catch (RuntimeException notKnownHere) {
                break; // a catalog that there is not, asked for a table or a function: a run has one
            }
        }
        return new ResolvedColumns(null, sorted(found));
    }

    private static List<ColumnProblem> sorted(List<ColumnProblem> found) {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(ColumnProblem::offset))
                .toList();
    }

    private static LogicalPlan parsed(String sql) throws AnalysisException {
        return new SparkSqlParser().parsePlan(sql);
    }

    /** The views are the query's own: whatever it defines itself goes before them. */
    private LogicalPlan with(LogicalPlan query, Map<String, StructType> views) {
        List<Tuple3<String, SubqueryAlias, Option<Object>>> relations = new ArrayList<>();
        views.forEach((name, columns) -> relations.add(
                new Tuple3<>(name, SubqueryAlias$.MODULE$.apply(name, relation(columns)), Option.empty())));
        List<String> names = new ArrayList<>(new TreeSet<>(Slice.PARAMETERS));
        List<Expression> values = new ArrayList<>();
        names.forEach(name -> values.add(Literal$.MODULE$.apply(PARAMETERS.get(name))));
        for (String text : texts) {
            names.add(text);
            values.add(Literal$.MODULE$.apply(""));
        }
        return new NameParameterizedQuery(
                new UnresolvedWith(query, ScalaCollections.seq(relations), false),
                ScalaCollections.seq(names),
                ScalaCollections.seq(values));
    }

    private static LogicalPlan projected(List<String> expressions, StructType columns) throws AnalysisException {
        List<NamedExpression> aliases = new ArrayList<>();
        for (String expression : expressions) {
            aliases.add(new UnresolvedAlias(new SparkSqlParser().parseExpression(expression), Option.empty()));
        }
        return new Project(ScalaCollections.seq(aliases), relation(columns));
    }

    private static LocalRelation relation(StructType columns) {
        return LocalRelation$.MODULE$.apply(columns);
    }

    /** Made when there is something to resolve: it takes a while. */
    private Analyzer analyzer() {
        if (analyzer == null) {
            analyzer = new Analyzer(new SessionCatalog(
                    new InMemoryCatalog(new SparkConf(false), new Configuration(false)),
                    FunctionRegistry.builtin(),
                    TableFunctionRegistry.builtin()));
        }
        return analyzer;
    }
}
