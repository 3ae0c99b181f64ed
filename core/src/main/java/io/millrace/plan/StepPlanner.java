package io.millrace.plan;

import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.Configured;
import io.millrace.model.Etl;
import io.millrace.model.Input;
import io.millrace.model.InstanceStep;
import io.millrace.model.Pipegraph;
import io.millrace.model.SqlStep;
import io.millrace.model.Step;
import io.millrace.model.StrategyStep;
import io.millrace.spi.DataProduct;
import io.millrace.spi.Strategy;
import io.millrace.spi.StreamingStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans the steps of one ETL: parses SQL, loads and creates strategies. */
final class StepPlanner {

    private final Pipegraph pipegraph;
    private final Etl etl;
    private final String path;
    private final ClassLoader classLoader;
    private final ParsedQueries queries;
    private final PlanNotes notes;
    private final Set<String> views = new LinkedHashSet<>();

    StepPlanner(
            Pipegraph pipegraph,
            Etl etl,
            String path,
            ClassLoader classLoader,
            ParsedQueries queries,
            PlanNotes notes) {
        this.pipegraph = pipegraph;
        this.etl = etl;
        this.path = ConfigPath.child(path, "steps");
        this.classLoader = classLoader;
        this.queries = queries;
        this.notes = notes;
        etl.inputs().stream().map(Input::view).forEach(views::add);
    }

    List<PlannedStep> plan() {
        List<PlannedStep> planned = new ArrayList<>();
        for (int i = 0; i < etl.steps().size(); i++) {
            Step step = etl.steps().get(i);
            String at = ConfigPath.element(path, i);
            if (step instanceof SqlStep sql) {
                sql(sql, at).ifPresent(planned::add);
            } else if (step instanceof StrategyStep strategy) {
                strategy(strategy, at, i == 0).ifPresent(planned::add);
            } else if (step instanceof InstanceStep<?> instance) {
                instance(instance, at, i == 0).ifPresent(planned::add);
            }
            if (!views.add(step.name())) {
                notes.problem(at + ".name", "an input or an earlier step is named \"" + step.name() + "\"; rename one");
            }
        }
        return planned;
    }

    private Optional<PlannedStep> sql(SqlStep step, String at) {
        try {
            SqlSyntax.Query query = queries.query(step.sql());
            if (query.aggregates() && etl.trigger().streaming()) {
                notes.warning(
                        at + ".sql",
                        "an aggregate in a stream covers one micro-batch, not all that was ever read; keep state with a StreamingStrategy");
            }
            for (String relation : query.relations()) {
                hintAtTypo(relation, at + ".sql");
            }
            notes.checkParameters(at + ".sql", query.parameters(), pipegraph);
            return Optional.of(new PlannedStep.Sql(step.name(), step.sql(), query.parameters(), query.keepsEveryRow()));
        } catch (SqlSyntax.SyntaxException wrong) {
            notes.problem(at + ".sql", "is not a Spark SQL query: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    /** A name that is no view may be a table of the session's catalog, which is known at run; one that is nearly a view is probably a slip. */
    private void hintAtTypo(String relation, String at) {
        if (!views.contains(SqlSyntax.plainName(relation))) {
            String hint = Suggestion.nearest(relation, views)
                    .map(near -> "; did you mean the view \"" + near + "\"?")
                    .orElse("");
            notes.warning(at, "reads the table \"" + relation + "\", which is known at run" + hint);
        }
    }

    private Optional<PlannedStep> strategy(StrategyStep step, String at, boolean first) {
        return create(step, at + ".strategy").flatMap(created -> {
            if (!(created instanceof Configured<?> strategy)) {
                notes.problem(at + ".strategy", noStrategy(step.className()));
                return Optional.empty();
            }
            checkPlace(strategy, at, first);
            ConfigSection configuration = ConfigSection.at(
                    at + ".configuration",
                    step.configuration(),
                    notes.document().sources(),
                    notes.problems());
            return decoded(step, strategy, configuration).flatMap(instance -> planned(instance, at));
        });
    }

    private static <C extends Record> Optional<InstanceStep<C>> decoded(
            StrategyStep step, Configured<C> strategy, ConfigSection configuration) {
        return configuration
                .record(strategy.configurationType())
                .map(decoded -> new InstanceStep<>(step.name(), strategy, decoded));
    }

    private Optional<PlannedStep> instance(InstanceStep<?> step, String at, boolean first) {
        checkPlace(step.strategy(), at, first);
        return planned(step, at);
    }

    private void checkPlace(Configured<?> strategy, String at, boolean first) {
        if (strategy instanceof StreamingStrategy<?>) {
            if (!first) {
                notes.problem(at, "a StreamingStrategy must be the first step of its ETL");
            }
            if (!etl.trigger().streaming() && etl.inputs().size() != 1) {
                notes.problem(at, "a StreamingStrategy in a batch run needs an ETL with one input");
            }
        }
    }

    private <C extends Record> Optional<PlannedStep> planned(InstanceStep<C> step, String at) {
        if (step.strategy() instanceof Strategy<C> strategy) {
            PlannedStep.Java<C> planned = new PlannedStep.Java<>(step.name(), strategy, step.configuration());
            checkMemory(planned, at + ".configuration");
            return Optional.of(planned);
        }
        if (step.strategy() instanceof StreamingStrategy<C> strategy) {
            return Optional.of(new PlannedStep.Streaming<>(step.name(), strategy, step.configuration()));
        }
        notes.problem(at + ".strategy", noStrategy(step.strategy().getClass().getName()));
        return Optional.empty();
    }

    private static String noStrategy(String className) {
        return "class " + className + " implements neither " + Strategy.class.getName() + " nor "
                + StreamingStrategy.class.getName();
    }

    private void checkMemory(PlannedStep.Java<?> step, String at) {
        if (!step.remembers()) {
            return;
        }
        if (etl.trigger().streaming()) {
            notes.problem(
                    at, "remembers how far it has come from run to run, and its ETL is a stream, which does so itself");
        } else if (pipegraph.state().isEmpty()) {
            notes.problem(
                    at,
                    "remembers how far it has come from run to run, and needs a place for that; set pipegraph.state to a folder,"
                            + " or that of its workflow (--state)");
        }
    }

    private Optional<Object> create(StrategyStep step, String at) {
        Optional<DataProduct> product = product(step.className());
        String name = product.map(known -> known.strategy().getName()).orElse(step.className());
        try {
            Class<?> type = Class.forName(name, true, classLoader);
            if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
                notes.problem(at, "class " + name + " is abstract; name a class that can be created");
                return Optional.empty();
            }
            return Optional.of(type.getConstructor().newInstance());
        } catch (ClassNotFoundException missing) {
            notes.problem(at, missing(name));
        } catch (NoSuchMethodException missing) {
            notes.problem(at, "class " + name + " has no public constructor without parameters");
        } catch (InvocationTargetException threw) {
            notes.problem(at, "the constructor of class " + name + " threw " + threw.getCause());
        } catch (ReflectiveOperationException | LinkageError unusable) {
            notes.problem(at, "class " + name + " cannot be created: " + unusable);
        }
        return Optional.empty();
    }

    /** A code is a name that no package has. */
    private Optional<DataProduct> product(String name) {
        return name.contains(".")
                ? Optional.empty()
                : DataProducts.of(classLoader).find(name);
    }

    private String missing(String name) {
        return name.contains(".")
                ? "class " + name + " is not on the class path; check the name, or add its jar"
                : "\"" + name + "\" is neither a class on the class path nor the code of a data product; "
                        + DataProducts.of(classLoader).suggestion(name);
    }
}
