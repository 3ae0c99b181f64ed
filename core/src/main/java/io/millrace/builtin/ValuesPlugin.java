package io.millrace.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.decode.JsonColumns;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** The product {@code values}. */
public final class ValuesPlugin implements SourcePlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public ValuesPlugin() {}

    @Override
    public String product() {
        return "values";
    }

    @Override
    public String description() {
        return "Rows written into the configuration; for tests and first steps.";
    }

    @Override
    public List<OptionDescription> options() {
        return List.of(
                new OptionDescription("schema", "columns as in CREATE TABLE", "required", "The columns."),
                new OptionDescription(
                        "rows",
                        "list of objects",
                        "none",
                        "One object for each row: column to value. Columns left out are NULL."));
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        ConfigSection value = context.value();
        StructType schema = schema(value);
        List<String> rows = new ArrayList<>();
        for (ConfigSection row : value.sections("rows")) {
            List<String> columns = Stream.of(schema.fieldNames()).toList();
            for (String key : row.keys()) {
                if (!columns.contains(key) && !columns.isEmpty()) {
                    row.problem(key, "is not a column; " + Suggestion.among(key, columns));
                }
            }
            rows.add(WrittenRow.of(row.raw(), schema).toString());
        }
        return value.build(() -> new ValuesSource(schema, rows));
    }

    private static StructType schema(ConfigSection value) {
        String written = value.string("schema");
        return written.isEmpty()
                ? new StructType()
                : JsonColumns.declared(value).orElseGet(StructType::new);
    }
}
