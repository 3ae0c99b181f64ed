package io.millrace.internal.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.config.Suggestion;
import io.millrace.internal.decode.JsonColumns;
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

    private static final Option<StructType> SCHEMA = Option.of(
                    "schema", "columns as in CREATE TABLE", (section, key) -> JsonColumns.declared(section))
            .required("The columns.");
    private static final Option<List<ConfigSection>> ROWS = Option.of(
                    "rows", "list of objects", (section, key) -> Optional.of(section.sections(key)))
            .otherwise("none", "One object for each row: column to value. Columns left out are NULL.");

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
        return OptionDescription.of(SCHEMA, ROWS);
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        ConfigSection value = context.value();
        StructType schema = value.find(SCHEMA).orElseGet(StructType::new);
        List<String> rows = new ArrayList<>();
        for (ConfigSection row : value.find(ROWS).orElseThrow()) {
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
}
