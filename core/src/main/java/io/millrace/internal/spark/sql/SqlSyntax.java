package io.millrace.internal.spark.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's SQL parser can say about a text without a session: its syntax, and what a query is made of. Thread-safe. */
public final class SqlSyntax {

    private static final Set<String> AGGREGATES = Set.of(
            "any",
            "any_value",
            "approx_count_distinct",
            "avg",
            "bool_and",
            "bool_or",
            "collect_list",
            "collect_set",
            "count",
            "count_if",
            "every",
            "first",
            "first_value",
            "last",
            "last_value",
            "listagg",
            "max",
            "max_by",
            "mean",
            "median",
            "min",
            "min_by",
            "mode",
            "percentile",
            "percentile_approx",
            "some",
            "std",
            "stddev",
            "sum",
            "variance");

    /**
     * What a query is made of.
     *
     * @param relations the names it reads, as written, without those it defines itself
     * @param parameters the named parameters it uses
     * @param aggregates whether it groups, counts or makes distinct
     * @param keepsEveryRow whether it only computes columns: one row out for each row of one relation in
     */
    public record Query(Set<String> relations, Set<String> parameters, boolean aggregates, boolean keepsEveryRow) {}

    /** A text that is not the SQL it should be; the message shows the place. */
    public static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message);
        }

        /** One that shows its place on a line. */
        SyntaxException(String message, String line, int column) {
            this(message + "\n    " + line + "\n    " + " ".repeat(Math.max(0, column)) + "^");
        }

        /** Returns the message; never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private SqlSyntax() {}

    /** Checks one query; semicolons may end it, as Spark takes them there. */
    public static Query query(String sql) throws SyntaxException {
        // The parser of a session: Catalyst's own knows no DISTRIBUTE BY and CLUSTER BY.
        LogicalPlan plan = parsed(sql, () -> new SparkSqlParser().parseQuery(withoutSemicolon(sql)));
        Facts facts = new Facts();
        facts.visit(plan);
        facts.relations.removeAll(facts.defined);
        return new Query(
                facts.relations,
                facts.parameters,
                facts.aggregates,
                facts.keepsEveryRow && facts.relations.size() == 1);
    }

    /** Checks one expression, such as a predicate or an ordering. */
    public static void expression(String sql) throws SyntaxException {
        parsedExpression(sql);
    }

    static Expression parsedExpression(String sql) throws SyntaxException {
        String bare = withoutSemicolon(sql);
        Expression expression = parsed(sql, () -> new CatalystSqlParser().parseExpression(bare));
        if (bare.length() < sql.length()) {
            int semicolon = sql.indexOf(';', bare.length());
            int line = sql.lastIndexOf('\n', semicolon) + 1;
            throw new SyntaxException(
                    "a semicolon ends a statement, not an expression; remove it",
                    sql.substring(line).lines().findFirst().orElse(""),
                    semicolon - line);
        }
        return expression;
    }

    /** Checks one statement that is not a query, such as MERGE. */
    public static void statement(String sql) throws SyntaxException {
        parsed(sql, () -> new CatalystSqlParser().parsePlan(sql));
    }

    /** Returns a text without the semicolons at its end, and what comments there are after them. */
    public static String withoutSemicolon(String sql) {
        SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
        lexer.removeErrorListeners();
        int end = -1; // of what is written before the last semicolons, in code points
        boolean ended = false;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            boolean semicolon = token.getType() == SqlBaseLexer.SEMICOLON;
            if (!semicolon && token.getChannel() == Token.DEFAULT_CHANNEL) {
                end = token.getStopIndex();
            }
            ended = semicolon || (ended && token.getChannel() != Token.DEFAULT_CHANNEL);
        }
        return ended ? sql.substring(0, sql.offsetByCodePoints(0, end + 1)) : sql;
    }

    /** Reads the name of a table into its parts: {@code orders}, {@code sales.orders}, {@code lake.sales.`orders 2024`}. */
    public static List<String> tableName(String name) throws SyntaxException {
        return List.copyOf(CollectionConverters.asJava(
                parsed(name, () -> new CatalystSqlParser().parseMultipartIdentifier(name))));
    }

    /** Returns the name of a relation of {@link Query#relations}, of one part, without the backticks that it has where it is no plain word. */
    public static String plainName(String relation) {
        return relation.matches("`(?:[^`]|``)*`")
                ? relation.substring(1, relation.length() - 1).replace("``", "`")
                : relation;
    }

    /** Reads columns written as in CREATE TABLE: {@code id BIGINT NOT NULL, name STRING}. */
    public static StructType schema(String ddl) throws SyntaxException {
        return parsed(ddl, () -> new CatalystSqlParser().parseTableSchema(ddl));
    }

    /** The parser throws a checked exception it does not declare. */
    private interface Parse<T> {
        T parse() throws AnalysisException;
    }

    private static <T> T parsed(String sql, Parse<T> parse) throws SyntaxException {
        try {
            return parse.parse();
        } catch (ParseException wrong) {
            throw explained(sql, wrong);
        } catch (AnalysisException wrong) {
            throw new SyntaxException(String.valueOf(wrong.getMessage()));
        }
    }

    private static SyntaxException explained(String sql, ParseException wrong) {
        String message = String.valueOf(wrong.getMessage()).strip();
        int details = message.indexOf("\n");
        String first = (details < 0 ? message : message.substring(0, details))
                .replaceFirst("^\\[[A-Z_.]+] ", "")
                .replaceFirst(" SQLSTATE: \\w+", "")
                .replaceFirst(" \\(line \\d+, pos \\d+\\)", "")
                .strip();
        int line = wrong.line().isDefined() ? (Integer) wrong.line().get() : 1;
        int column = wrong.startPosition().isDefined()
                ? (Integer) wrong.startPosition().get()
                : 0;
        String[] lines = sql.split("\n", -1);
        String shown = line >= 1 && line <= lines.length ? lines[line - 1] : sql;
        return new SyntaxException(first, shown, column);
    }

    private static final class Facts {

        private final Set<String> relations = new TreeSet<>();
        private final Set<String> parameters = new TreeSet<>();
        private final Set<String> defined = new TreeSet<>();
        private boolean aggregates;
        private boolean keepsEveryRow = true;

        void visit(LogicalPlan plan) {
            if (plan instanceof UnresolvedRelation relation) {
                relations.add(relation.name());
            } else if (plan instanceof Aggregate || plan instanceof Distinct) {
                aggregates = true;
                keepsEveryRow = false;
            } else if (plan instanceof UnresolvedWith with) {
                keepsEveryRow = false;
                CollectionConverters.asJava(with.cteRelations()).forEach(named -> {
                    defined.add(named._1());
                    visit(named._2());
                });
            } else if (!(plan instanceof Project) && !(plan instanceof SubqueryAlias)) {
                keepsEveryRow = false;
            }
            each(plan.children(), child -> visit((LogicalPlan) child));
            each(plan.expressions(), expression -> visit((Expression) expression));
        }

        private void visit(Expression expression) {
            if (expression instanceof UnresolvedFunction function) {
                String name = CollectionConverters.asJava(function.nameParts())
                        .get(function.nameParts().length() - 1);
                if (AGGREGATES.contains(name.toLowerCase(Locale.ROOT))) {
                    aggregates = true;
                    keepsEveryRow = false;
                } else if (name.toLowerCase(Locale.ROOT).startsWith("explode") || name.startsWith("posexplode")) {
                    keepsEveryRow = false;
                }
            }
            if (expression instanceof NamedParameter parameter) {
                parameters.add(parameter.name());
            }
            if (expression instanceof SubqueryExpression subquery) {
                keepsEveryRow = false;
                visit(subquery.plan());
            }
            each(expression.children(), child -> visit((Expression) child));
        }

        private static void each(scala.collection.Seq<?> elements, Consumer<Object> visitor) {
            CollectionConverters.asJava(elements).forEach(visitor);
        }
    }
}
