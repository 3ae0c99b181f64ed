package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.config.Suggestion;
import io.millrace.internal.spark.sql.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A condition on the events that are read, as the fetchers of telemetry write it.
 *
 * @param column its path, such as {@code context.pdata.id}
 * @param operator how it is compared
 * @param values with what; as many as the operator takes
 */
record EventFilter(String column, Operator operator, List<String> values) {

    /** How a column is compared. Where it is null, only those that ask for nulls hold. */
    enum Operator {
        EQ(1, 1),
        NE(1, 1),
        IN(1, Integer.MAX_VALUE),
        NIN(1, Integer.MAX_VALUE),
        ISNULL(0, 0),
        ISNOTNULL(0, 0),
        ISEMPTY(0, 0),
        ISNOTEMPTY(0, 0),
        /** From the first to the second, both included. */
        RANGE(2, 2),
        LT(1, 1);

        private final int least;
        private final int most;

        Operator(int least, int most) {
            this.least = least;
            this.most = most;
        }
    }

    private static final AllowedWords<Operator> OPERATORS = new AllowedWords<>(Arrays.stream(Operator.values())
            .collect(Collectors.toMap(Operator::name, each -> each, (one, other) -> one, LinkedHashMap::new)));

    private static final Option<String> COLUMN =
            Option.text("column").required("Which column, such as context.pdata.id.");
    private static final Option<Operator> OPERATOR =
            Option.choice("operator", OPERATORS).byDefault(Operator.EQ, "How it is compared.");
    private static final Option<List<String>> VALUE = Option.of(
                    "value", "text, number or list of them", EventFilter::texts)
            .byDefault(List.of(), "With what; two for RANGE, one or more for IN and NIN.");

    static final Option<List<ConfigSection>> OPTION = Option.of(
                    "filters",
                    "list of { column, operator, value }",
                    (section, key) -> Optional.of(section.sections(key)))
            .otherwise(
                    "none",
                    "Which events are read: those for which all of these hold. Operators: "
                            + String.join(", ", OPERATORS.meanings().keySet()) + ".");

    static List<EventFilter> in(ConfigSection value, Optional<StructType> schema) {
        List<EventFilter> filters = new ArrayList<>();
        for (ConfigSection each : value.find(OPTION).orElse(List.of())) {
            Optional<String> column = each.find(COLUMN);
            Operator operator = each.get(OPERATOR);
            List<String> values = each.get(VALUE);
            if (values.size() < operator.least || values.size() > operator.most) {
                each.problem(VALUE, operator + " takes " + count(operator) + ", not " + values.size());
            }
            column.ifPresent(name -> schema.ifPresent(type -> checkColumn(each, name, type)));
            each.build(() -> new EventFilter(column.orElseThrow(), operator, values))
                    .ifPresent(filters::add);
        }
        return filters;
    }

    private static String count(Operator operator) {
        if (operator.most == 0) {
            return "no value";
        }
        return operator.least == 2 ? "two values" : operator.most == 1 ? "one value" : "at least one value";
    }

    /** Notes where a column is not there. */
    static void checkColumn(ConfigSection section, String path, StructType schema) {
        DataType type = schema;
        for (String part : path.split("\\.", -1)) {
            Optional<StructField> found = field(type, part);
            if (found.isEmpty()) {
                List<String> names = type instanceof StructType struct ? List.of(struct.fieldNames()) : List.of();
                section.problem("column", "\"" + path + "\" is not a column; " + Suggestion.among(part, names));
                return;
            }
            type = found.get().dataType();
        }
    }

    private static Optional<StructField> field(DataType parent, String name) {
        return parent instanceof StructType struct
                ? Arrays.stream(struct.fields())
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<List<String>> texts(ConfigSection section, String key) {
        return section.raw(key).map(node -> {
            List<String> texts = new ArrayList<>();
            if (node.isArray()) {
                node.forEach(each -> texts.add(each.asText()));
            } else {
                texts.add(node.asText());
            }
            return texts;
        });
    }

    /** Returns the condition, which is never null. */
    Column condition(StructType schema) {
        Column value = column(column);
        Object[] others = values.toArray();
        Column holds =
                switch (operator) {
                    case EQ -> value.equalTo(values.get(0));
                    case NE -> value.notEqual(values.get(0));
                    case IN -> value.isin(others);
                    case NIN -> not(value.isin(others));
                    case ISNULL -> value.isNull();
                    case ISNOTNULL -> value.isNotNull();
                    case ISEMPTY -> value.isNull().or(size(value, schema).equalTo(0));
                    case ISNOTEMPTY -> size(value, schema).gt(0);
                    case RANGE -> value.between(values.get(0), values.get(1));
                    case LT -> value.lt(values.get(0));
                };
        return coalesce(holds, lit(false));
    }

    private Column size(Column value, StructType schema) {
        DataType type = schema;
        for (String part : column.split("\\.", -1)) {
            type = field(type, part).orElseThrow().dataType();
        }
        return type instanceof ArrayType ? array_size(value) : length(value.cast("string"));
    }

    static Column column(String path) {
        return col(Arrays.stream(path.split("\\.")).map(ColumnNames::quoted).collect(Collectors.joining(".")));
    }

    @Override
    public String toString() {
        return column + " " + operator.name().toLowerCase(Locale.ROOT) + " " + values;
    }
}
