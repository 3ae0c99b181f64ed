package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.strategy.StepFunctions;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code functions}: what is done to the columns of a step's rows. */
final class FunctionReader {

    private static final List<String> TYPES = List.of(
            "string", "boolean", "byte", "short", "int", "long", "float", "double", "decimal", "date", "timestamp");
    private static final List<String> CASES = List.of("lower", "upper");

    private FunctionReader() {}

    static List<ObjectNode> read(ConfigSection sequence) {
        List<ObjectNode> functions = new ArrayList<>();
        for (ConfigSection function : sequence.sections("functions")) {
            ObjectNode call = JsonNodeFactory.instance.objectNode();
            String name = function.string("name").toLowerCase(Locale.ROOT);
            call.put("name", name);
            if (read(name, function, call)) {
                function.build(() -> function);
                functions.add(call);
            } else {
                function.acceptOtherKeys();
            }
        }
        return functions;
    }

    /** Returns whether there is such a function; what is wrong with its settings is noted. */
    private static boolean read(String name, ConfigSection function, ObjectNode call) {
        switch (name) {
            case "drop", "select" -> columns(function, call);
            case "rename" -> {
                call.put("column", function.string("column"));
                call.put("as-column", function.string("asColumn"));
            }
            case "rename_all", "fill_null_or_empty" -> values(function, call);
            case "set_type" ->
                values(function, call).forEach((column, type) -> checkType("columns", column + " " + type, function));
            case "cleanse_column_names" -> {
                // has no settings
            }
            case "change_column_case" -> call.put("text", oneOf("case", CASES, function));
            case "unfurl" -> call.put("text", function.string("expression"));
            case "add_column" -> {
                call.put("column", function.string("column"));
                call.put("type", oneOf("type", TYPES, function));
                function.optionalString("value").ifPresent(value -> call.put("text", value));
            }
            case "epoch_to_timestamp" -> {
                call.put("column", function.string("column"));
                function.optionalString("asColumn").ifPresent(column -> call.put("as-column", column));
            }
            default -> {
                if (!name.isEmpty()) {
                    function.problem(
                            "name",
                            "unknown function \"" + name + "\"; "
                                    + Suggestion.among(name, StepFunctions.NAMES)
                                    + "; write what it does in the step's sql");
                }
                return false;
            }
        }
        return true;
    }

    private static void columns(ConfigSection function, ObjectNode call) {
        List<String> columns = function.strings("columns");
        if (columns.isEmpty()) {
            function.problem("columns", "is missing; write a list of columns");
        }
        columns.forEach(call.putArray("columns")::add);
    }

    private static Map<String, String> values(ConfigSection function, ObjectNode call) {
        Map<String, String> values = function.stringMap("columns");
        if (values.isEmpty()) {
            function.problem("columns", "is missing; write columns: { column: value }");
        }
        values.forEach(call.putObject("values")::put);
        return values;
    }

    private static String oneOf(String key, List<String> known, ConfigSection function) {
        String written = function.string(key).toLowerCase(Locale.ROOT);
        String plain = written.replaceFirst("\\(.*", "");
        if (!written.isEmpty() && !known.contains(plain)) {
            function.problem(key, "unknown value \"" + written + "\"; " + Suggestion.among(written, known));
        }
        return written;
    }

    private static void checkType(String key, String column, ConfigSection function) {
        Optional<String> wrong = problem(column);
        wrong.ifPresent(
                message -> function.problem(key, "\"" + column + "\" is not a column and its type: " + message));
    }

    private static Optional<String> problem(String column) {
        try {
            int space = column.lastIndexOf(' ');
            SqlSyntax.schema("c" + column.substring(Math.max(0, space)));
            return Optional.empty();
        } catch (SqlSyntax.SyntaxException wrong) {
            return wrong.getMessage().lines().findFirst();
        }
    }
}
