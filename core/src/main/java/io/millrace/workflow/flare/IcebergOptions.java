package io.millrace.workflow.flare;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How an Iceberg table is written. */
record IcebergOptions(ModelDraft model, ConfigSection options, Text text) {

    private static final String OVERWRITE_MODE = "overwrite-mode";
    private static final List<String> OVERWRITE_MODES = List.of("dynamic", "static");
    private static final String FORMAT = "write.format.default";

    void fill(
            boolean overwrite,
            Optional<ConfigSection> iceberg,
            List<String> partitionBy,
            Optional<Sorting> sorting,
            Optional<String> compression,
            Map<String, String> extra) {
        Map<String, String> properties = new LinkedHashMap<>();
        iceberg.ifPresent(section -> {
            properties.putAll(section.stringMap("properties"));
            model.written("properties", section.path("properties"));
        });
        saveMode(overwrite, iceberg, properties);
        List<String> fields = new ArrayList<>();
        iceberg.ifPresent(section -> fields.addAll(PartitionFields.read(section, model)));
        if (fields.isEmpty()) {
            fields.addAll(partitionBy);
            model.written("partition-by", options.path("partitionBy"));
        }
        model.list("partition-by", fields);
        sorting.ifPresent(each -> {
            model.list("sort-by", each.terms());
            model.value().put("distribution", each.distribution());
            model.written("sort-by", each.path());
        });
        String format = properties.getOrDefault(FORMAT, "parquet").toLowerCase(Locale.ROOT);
        compression.ifPresent(codec -> properties.putIfAbsent("write." + format + ".compression-codec", codec));
        model.texts("properties", properties);
        Optional.ofNullable(extra.remove("branch"))
                .ifPresent(branch -> model.value().put("branch", branch));
        model.texts("options", extra);
        iceberg.ifPresent(section -> section.build(() -> section));
    }

    private void saveMode(boolean overwrite, Optional<ConfigSection> iceberg, Map<String, String> properties) {
        String written = properties.remove(OVERWRITE_MODE);
        String mode = written == null ? "static" : written.toLowerCase(Locale.ROOT);
        if (!OVERWRITE_MODES.contains(mode)) {
            iceberg.ifPresent(section -> section.problem(
                    "properties",
                    OVERWRITE_MODE + ": unknown value \"" + written + "\"; "
                            + Suggestion.among(mode, OVERWRITE_MODES)));
        }
        boolean merged = iceberg.flatMap(section -> section.optionalSection("merge"))
                .map(this::merge)
                .orElse(false);
        model.value().put("save-mode", merged ? "merge" : overwrite ? "overwrite" : "append");
        model.written("save-mode", options.path("saveMode"));
        if (overwrite && !merged) {
            model.value().put("overwrite", mode);
        }
    }

    private boolean merge(ConfigSection merge) {
        String on = merge.string("onClause");
        String when = merge.string("whenClause");
        List<String> clauses = MergeClauses.split(when);
        if (!when.isEmpty() && clauses.isEmpty()) {
            merge.problem(
                    "whenClause", "must be clauses such as MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        }
        model.value().withObject("/merge").put("on", MergeClauses.translated(on));
        clauses.forEach(model.value().withObject("/merge").withArray("when")::add);
        model.written("merge", merge.path());
        model.written("merge.on", merge.path("onClause"));
        model.written("merge.when", merge.path("whenClause"));
        merge.build(() -> merge);
        return true;
    }
}
