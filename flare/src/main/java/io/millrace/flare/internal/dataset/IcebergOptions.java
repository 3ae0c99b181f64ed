package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How an Iceberg table is written. */
record IcebergOptions(ModelDraft model, ConfigSection options, TableKeys table, FlareDocument text) {

    private static final List<String> OVERWRITE_MODES = List.of("dynamic", "static");
    private static final String FORMAT = "write.format.default";

    void fill(
            boolean overwrite,
            List<String> partitionBy,
            Optional<Sorting> sorting,
            Optional<String> compression,
            Map<String, String> extra) {
        table.checkPlaces();
        Map<String, String> properties = new LinkedHashMap<>(table.properties());
        model.written("properties", table.holder(TableKeys.PROPERTIES).path(TableKeys.PROPERTIES));
        saveMode(overwrite, properties);
        partitions(partitionBy);
        sorting.ifPresent(each -> {
            model.list("sort-by", each.terms());
            model.value().put("distribution", each.distribution());
            model.written("sort-by", each.path());
        });
        compression.ifPresent(codec -> compress(codec, properties));
        model.texts("properties", properties);
        Optional.ofNullable(extra.remove("branch"))
                .ifPresent(branch -> model.value().put("branch", branch));
        model.texts("options", extra);
        table.finish();
    }

    private void partitions(List<String> partitionBy) {
        List<String> columns =
                partitionBy.stream().map(column -> "identity(" + column + ")").toList();
        List<String> fields = PartitionFields.read(table.holder(TableKeys.PARTITIONS), model);
        if (fields.isEmpty()) {
            model.list("partition-by", partitionBy);
            model.written("partition-by", options.path("partitionBy"));
            return;
        }
        model.list("partition-by", fields);
        if (!partitionBy.isEmpty() && !fields.equals(columns)) {
            options.problem(
                    "partitionBy",
                    "says " + String.join(", ", columns) + ", and partitionSpec says " + String.join(", ", fields)
                            + "; remove one of the two");
        }
    }

    private void compress(String codec, Map<String, String> properties) {
        String format = properties.getOrDefault(FORMAT, "parquet").toLowerCase(Locale.ROOT);
        String property = "write." + format + ".compression-codec";
        String other = properties.putIfAbsent(property, codec);
        if (other != null && !other.equalsIgnoreCase(codec)) {
            options.problem(
                    "compressionType",
                    "says " + codec + ", and " + property + " in properties says " + other + "; remove one of the two");
        }
    }

    /** A merge is one, whatever the save mode beside it says. */
    private void saveMode(boolean overwrite, Map<String, String> properties) {
        String written = properties.remove(TableKeys.OVERWRITE_MODE);
        String mode = written == null ? "static" : written.toLowerCase(Locale.ROOT);
        if (!OVERWRITE_MODES.contains(mode)) {
            table.holder(TableKeys.PROPERTIES)
                    .problem(
                            TableKeys.PROPERTIES,
                            TableKeys.OVERWRITE_MODE + ": unknown value \"" + written + "\"; "
                                    + Suggestion.among(mode, OVERWRITE_MODES));
        }
        boolean merged = table.has(TableKeys.MERGE);
        table.holder(TableKeys.MERGE).optionalSection(TableKeys.MERGE).ifPresent(this::merge);
        model.value().put("save-mode", merged ? "merge" : overwrite ? "overwrite" : "append");
        model.written("save-mode", options.path("saveMode"));
        if (overwrite && !merged) {
            model.value().put("overwrite", mode);
        } else if (written != null) {
            text.warn(
                    table.propertyPath(TableKeys.OVERWRITE_MODE),
                    "is not used: rows are " + (merged ? "merged" : "appended"));
        }
    }

    private void merge(ConfigSection merge) {
        String on = merge.string("onClause");
        String when = merge.string("whenClause");
        List<String> clauses = FlareMergeClauses.split(when);
        if (!when.isEmpty() && clauses.isEmpty()) {
            merge.problem(
                    "whenClause", "must be clauses such as MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        }
        model.value().withObject("/merge").put("on", FlareMergeClauses.translated(on));
        clauses.forEach(model.value().withObject("/merge").withArray("when")::add);
        model.written("merge", merge.path());
        model.written("merge.on", merge.path("onClause"));
        model.written("merge.when", merge.path("whenClause"));
        merge.build(() -> merge);
    }
}
