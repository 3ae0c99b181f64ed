package io.millrace.plan;

import io.millrace.config.ConfigPath;
import io.millrace.internal.spark.sql.ColumnProblem;
import io.millrace.internal.spark.sql.ColumnResolver;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.internal.spark.sql.ResolvedColumns;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.PlansColumns;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.ViewColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the columns that an ETL names and that its views do not have, as far as these are known without a session. Where the columns of a view are not
 * known, nothing is said of what is made of it.
 */
final class ColumnCheck {

    private final EtlPlan etl;
    private final String path;
    private final ParsedQueries queries;
    private final ColumnResolver resolver;
    private final PlanNotes notes;

    /** Those that are known, by name in lower case. */
    private final Map<String, StructType> views = new HashMap<>();

    private final List<DeclaresColumns> inputs = new ArrayList<>();

    /**
     * For an ETL.
     *
     * @param path where it is written
     */
    ColumnCheck(EtlPlan etl, String path, ParsedQueries queries, ColumnResolver resolver, PlanNotes notes) {
        this.etl = etl;
        this.path = path;
        this.queries = queries;
        this.resolver = resolver;
        this.notes = notes;
    }

    void check() {
        etl.inputs().forEach(this::add);
        if (views.isEmpty()) {
            return;
        }
        for (PlannedStep step : etl.steps()) {
            Optional<StructType> columns = columns(step, stepPath(step));
            views.remove(key(step.name()));
            columns.ifPresent(known -> views.put(key(step.name()), known));
        }
        etl.etl().result().map(ColumnCheck::key).map(views::get).ifPresent(this::checkResult);
    }

    private void add(PlannedInput input) {
        boolean changed = input.streamed() && etl.streamingStep().isPresent();
        if (changed || !(input.source() instanceof DeclaresColumns source)) {
            return;
        }
        source.declaredColumns().ifPresent(columns -> {
            boolean remembers = input.source() instanceof DecodingSource;
            views.put(
                    key(input.input().view()), remembers ? columns.add(SourceColumn.NAME, SourceColumn.TYPE) : columns);
            inputs.add(source);
        });
    }

    private String stepPath(PlannedStep planned) {
        List<String> names = etl.etl().steps().stream().map(step -> step.name()).toList();
        return ConfigPath.element(ConfigPath.child(path, "steps"), names.indexOf(planned.name()));
    }

    private Optional<StructType> columns(PlannedStep step, String at) {
        if (step instanceof PlannedStep.Sql sql) {
            return query(at + ".sql", sql.sql());
        }
        return step instanceof PlannedStep.Java<?> java ? planned(java, at + ".configuration.") : Optional.empty();
    }

    @SuppressWarnings("unchecked") // a strategy is of the same configuration, however it is looked at
    private <C extends Record> Optional<StructType> planned(PlannedStep.Java<C> step, String at) {
        return step.strategy() instanceof PlansColumns<?> strategy
                ? ((PlansColumns<C>) strategy).columns(step.configuration(), new Known(at))
                : Optional.empty();
    }

    private Optional<StructType> query(String at, String sql) {
        Map<String, StructType> read = new HashMap<>();
        try {
            for (String relation : queries.query(sql).relations()) {
                String name = SqlSyntax.plainName(relation);
                StructType columns = views.get(key(name));
                if (columns == null) {
                    return Optional.empty();
                }
                read.put(name, columns);
            }
        } catch (SqlSyntax.SyntaxException wrong) {
            return Optional.empty(); // which is said already
        }
        return noted(at, "", sql, resolver.query(sql, read));
    }

    private void checkResult(StructType columns) {
        for (int i = 0; i < etl.etl().expectations().size(); i++) {
            String that = etl.etl().expectations().get(i).that();
            String at = ConfigPath.element(ConfigPath.child(path, "expectations"), i) + ".that";
            noted(at, "", that, resolver.expression(that, columns));
        }
        for (PlannedOutput output : etl.outputs()) {
            output.output().where().ifPresent(where -> {
                String at = notes.outputPath(path, etl.etl().outputs().indexOf(output.output())) + ".where";
                noted(at, "", where, resolver.expression(where, columns));
            });
            output.output().replaces().ifPresent(replaces -> {
                String at = notes.outputPath(path, etl.etl().outputs().indexOf(output.output())) + ".replaces";
                ReplacementCheck.condition(replaces)
                        .ifPresent(condition ->
                                noted(at, "", replaces, resolver.expression(condition.withoutValues(), columns)));
            });
            if (output.sink() instanceof NamesColumns sink) {
                String at = PlanNotes.model(output.output().model()) + ".value.";
                sink.namedColumns().forEach(named -> check(at + named.setting(), named, sink, columns));
            }
        }
    }

    private void check(String at, NamedColumn named, NamesColumns sink, StructType columns) {
        String rows = "the rows of ETL " + etl.name() + ": ";
        if (named.kind() == NamedColumn.Kind.EXPRESSION) {
            noted(at, rows, named.text(), resolver.expression(named.text(), columns));
        } else {
            require(at, rows, named.text(), columns, sink::mayCompute);
        }
    }

    private boolean require(String at, String whose, String column, StructType columns, Predicate<String> uncertain) {
        List<String> names = names(columns);
        if (names.stream().anyMatch(column::equalsIgnoreCase)) {
            return true;
        }
        int offset = at.endsWith(ConfigPath.child("", column)) ? -1 : 0; // it may be the key itself
        ColumnProblem missing = new ColumnProblem(ColumnProblem.Kind.UNKNOWN, column, offset, names);
        note(at, whose, column, missing, uncertain);
        return false;
    }

    private Optional<StructType> noted(String at, String whose, String sql, ResolvedColumns resolved) {
        resolved.problems().forEach(problem -> note(at, whose, sql, problem, column -> false));
        return resolved.columns();
    }

    private void note(String at, String whose, String text, ColumnProblem problem, Predicate<String> uncertain) {
        String last = problem.name().replace("`", "").replaceFirst("^.*\\.", "");
        if (uncertain.test(last) || inputs.stream().anyMatch(input -> input.mayHave(last))) {
            notes.warning(
                    at,
                    whose + "what is declared has no column " + problem.name()
                            + ", and whether it is there is known at run; " + problem.choice(),
                    text,
                    problem.offset());
        } else {
            notes.problem(at, whose + problem.message(), text, problem.offset());
        }
    }

    /** The column that says where a row comes from is not one to choose from. */
    private static List<String> names(StructType columns) {
        return Stream.of(columns.fieldNames())
                .filter(name -> !name.equals(SourceColumn.NAME))
                .toList();
    }

    private static String key(String view) {
        return view.toLowerCase(Locale.ROOT);
    }

    /** What a strategy is told. */
    private final class Known implements ViewColumns {

        private final String at;

        Known(String at) {
            this.at = at;
        }

        @Override
        public Optional<StructType> view(String name) {
            return Optional.ofNullable(views.get(key(name)));
        }

        @Override
        public boolean require(String setting, String column, StructType columns) {
            return ColumnCheck.this.require(at + setting, "", column, columns, none -> false);
        }

        @Override
        public Optional<StructType> expression(String setting, String sql, StructType columns) {
            return noted(at + setting, "", sql, resolver.expression(sql, columns));
        }

        @Override
        public Optional<StructType> query(String setting, String sql) {
            return ColumnCheck.this.query(at + setting, sql);
        }

        @Override
        public Optional<StructType> select(List<String> expressions, StructType columns) {
            return resolver.select(expressions, columns).columns();
        }
    }
}
