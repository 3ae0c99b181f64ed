package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.strategy.StepFunctions;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.flare.internal.text.TextFile;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.SqlStep;
import io.millrace.model.Step;
import io.millrace.model.StrategyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one element of {@code sequence}. */
final class SequenceReader {

    private SequenceReader() {}

    static Optional<SequenceView> read(ConfigSection sequence, FlareDocument text) {
        String name = sequence.string("name");
        FlareDocument.read(sequence, "doc");
        text.ignore(sequence, "nothing is kept in memory between steps", "commands");
        text.refuse(sequence, JobContentReader.NO_SCALA, "classpath");
        String sql = sql(sequence, text).map(SqlSyntax::withoutSemicolon).orElse("");
        String sqlPath = sequence.path(sequence.has("sqlFile") ? "sqlFile" : "sql");
        Set<String> reads = sql.isBlank() ? Set.of() : relations(sql, sqlPath, text);
        List<ObjectNode> functions = FunctionReader.read(sequence);
        sequence.build(() -> sequence);
        if (name.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new SequenceView(name, sequence.path(), sqlPath, reads, steps(name, sql, functions)));
    }

    private static Optional<String> sql(ConfigSection sequence, FlareDocument text) {
        Optional<String> sql = sequence.optionalString("sql");
        Optional<String> file = sequence.optionalString("sqlFile");
        if (sequence.has("sql") == sequence.has("sqlFile") && !sequence.has("classpath")) {
            sequence.problem("a step needs either sql or sqlFile");
        }
        return sql.or(() -> file.flatMap(path -> TextFile.read(text.resolve(path), sequence, "sqlFile")));
    }

    /** Returns the names that a query reads, as they are written. */
    static Set<String> relations(String sql, String path, FlareDocument text) {
        try {
            return text.queries().query(sql).relations().stream()
                    .map(relation -> relation.replace("`", ""))
                    .collect(Collectors.toSet());
        } catch (SqlSyntax.SyntaxException wrong) {
            text.problem(path, "is not a Spark SQL query: " + wrong.getMessage());
            return Set.of();
        }
    }

    /** A query without functions makes the view; functions make it of the query's. */
    private static List<Step> steps(String name, String sql, List<ObjectNode> functions) {
        List<Step> steps = new ArrayList<>();
        if (sql.isBlank()) {
            return steps;
        }
        if (functions.isEmpty()) {
            steps.add(new SqlStep(name, sql));
            return steps;
        }
        String queried = name + StepFunctions.QUERIED;
        ObjectNode configuration = JsonNodeFactory.instance.objectNode().put("of", queried);
        functions.forEach(configuration.putArray("functions")::add);
        steps.add(new SqlStep(queried, sql));
        steps.add(new StrategyStep(name, StepFunctions.class.getName(), configuration));
        return steps;
    }
}
