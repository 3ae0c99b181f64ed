package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.strategy.AssertionMetric;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code assertions}. */
final class AssertionReader {

    private AssertionReader() {}

    static Assertions read(ConfigSection section, Views views, FlareDocument text) {
        Map<ObjectNode, String> checks = new LinkedHashMap<>();
        Set<String> reads = new TreeSet<>();
        for (ConfigSection assertion : section.sections("assertions")) {
            ObjectNode check = JsonNodeFactory.instance.objectNode();
            if (assertion.has("sql") == assertion.has("column")) {
                assertion.problem("an assertion needs either column or sql");
            }
            assertion.optionalString("sql").ifPresent(sql -> {
                check.put("sql", sql);
                query(sql, assertion, views, reads, text);
            });
            assertion.optionalString("column").ifPresent(column -> check.put("column", column));
            assertion.optionalString("filter").ifPresent(filter -> {
                check.put("filter", filter);
                expression(filter, "filter", assertion);
            });
            regex(assertion).ifPresent(regex -> check.put("regex", regex));
            tests(assertion, check);
            assertion.build(() -> check).ifPresent(built -> checks.putIfAbsent(built, assertion.path()));
        }
        return new Assertions(checks, reads);
    }

    private static void query(String sql, ConfigSection assertion, Views views, Set<String> reads, FlareDocument text) {
        for (String name : SequenceReader.relations(sql, assertion.path("sql"), text)) {
            if (views.find(name).isEmpty() && !name.contains(".")) {
                assertion.problem("sql", "reads the view \"" + name + "\", and " + views.unknown(name));
            }
            reads.add(name);
        }
    }

    private static Optional<String> regex(ConfigSection assertion) {
        if (assertion.has("validFormat") && assertion.has("sql")) {
            assertion.problem("validFormat", "is for a column, not for sql");
        }
        return assertion.optionalSection("validFormat").flatMap(format -> {
            String regex = format.string("regex");
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException wrong) {
                format.problem("regex", "is not a regular expression: " + wrong.getDescription());
            }
            return format.build(() -> regex);
        });
    }

    private static void tests(ConfigSection assertion, ObjectNode check) {
        List<String> tests = assertion.strings("tests");
        if (tests.isEmpty()) {
            assertion.problem("tests", "is missing; write a list such as [avg > 100, missing_count = 0]");
        }
        for (int i = 0; i < tests.size(); i++) {
            expression(tests.get(i), "tests", assertion);
            if (assertion.has("column")) {
                metrics(tests.get(i), assertion);
            }
        }
        tests.forEach(check.putArray("tests")::add);
    }

    private static void metrics(String test, ConfigSection assertion) {
        for (String word : AssertionMetric.words(test)) {
            Optional<AssertionMetric> metric = AssertionMetric.of(word);
            if (metric.isEmpty()) {
                assertion.problem(
                        "tests",
                        "\"" + test + "\": unknown metric \"" + word + "\"; "
                                + Suggestion.among(word, AssertionMetric.names()));
            } else if (metric.get().needsFormat() && !assertion.has("validFormat")) {
                assertion.problem("tests", "\"" + test + "\": " + word + " needs validFormat: { regex: … }");
            }
        }
    }

    private static void expression(String expression, String key, ConfigSection assertion) {
        try {
            SqlSyntax.expression(expression);
        } catch (SqlSyntax.SyntaxException wrong) {
            assertion.problem(key, "is not a Spark SQL expression: " + wrong.getMessage());
        }
    }
}
