package io.millrace.flare.internal.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset is written: {@code options}, in the older form {@code outputOptions}.
 *
 * @param model its value
 * @param order what rows are sorted by before they are written, as SQL behind a query; null where they are not, or where the table sees to it
 */
public record OutputOptions(ModelDraft model, @Nullable String order) {

    private enum SaveMode {
        APPEND,
        OVERWRITE
    }

    /** Reads them; what is wrong is noted. */
    public static OutputOptions read(
            Dataset dataset,
            ConfigSection section,
            String formatKey,
            ConfigSection options,
            boolean stream,
            FlareDocument text) {
        ModelDraft model = new ModelDraft(dataset.value());
        model.written(dataset.key(), dataset.path());
        Optional<String> format = section.optionalString(formatKey).map(written -> written.toLowerCase(Locale.ROOT));
        Map<String, String> extra = new LinkedHashMap<>(options.stringMap("extraOptions"));
        model.written("options", options.path("extraOptions"));
        Optional<Sorting> sorting = Sorting.read(options);
        Optional<String> compression = options.optionalString("compressionType");
        List<String> partitionBy = partitionBy(options);
        TableKeys table = TableKeys.of(options, text);
        @Nullable String order = null;
        if (dataset.depot() instanceof Depot.Iceberg depot) {
            if (!format.orElse("iceberg").equals("iceberg")) {
                section.problem(
                        formatKey,
                        "cannot be " + format.orElseThrow() + ": the depot " + depot.name()
                                + " is of kind iceberg and holds Iceberg tables only");
            }
            boolean overwrite = overwrites(options, stream || table.has(TableKeys.MERGE), text);
            new IcebergOptions(model, options, table, text).fill(overwrite, partitionBy, sorting, compression, extra);
        } else if (dataset.depot() instanceof Depot.Files files) {
            boolean overwrite = overwrites(options, stream, text);
            table.refuseWithoutTable(files, overwrite);
            DepotFormats.check(format.orElse("iceberg"), files, section, formatKey);
            model.value().put("format", format.orElse("parquet"));
            model.value().put("save-mode", overwrite ? "overwrite" : "append");
            model.list("partition-by", partitionBy);
            model.written("partition-by", options.path("partitionBy"));
            Map<String, String> all = new LinkedHashMap<>(files.options());
            compression.ifPresent(written -> all.put("compression", written));
            all.putAll(extra);
            model.texts("options", all);
            order = sorting.map(Sorting::sql).orElse(null);
        } else if (dataset.depot() instanceof Depot.Kafka kafka) {
            table.refuseWithoutTable(kafka, false);
            topic(kafka, format, section, formatKey, model);
            text.ignore(options, "a topic is only appended to", "saveMode");
            text.ignore(
                    options, "records of a topic have no order or folders", "sort", "partitionBy", "compressionType");
            TopicOptions.read(extra, model, options);
        }
        options.build(() -> options);
        return new OutputOptions(model, order);
    }

    /**
     * Returns whether rows that are there are replaced.
     *
     * @param adds whether they are not, where nothing is said
     */
    private static boolean overwrites(ConfigSection options, boolean adds, FlareDocument text) {
        if (!options.has("saveMode") && !adds) {
            text.warn(
                    options.path("saveMode"),
                    "is missing, which means overwrite; write saveMode: append where rows that are there are to stay");
        }
        return options.optionalEnum("saveMode", SaveMode.class)
                .map(SaveMode.OVERWRITE::equals)
                .orElse(!options.has("saveMode") && !adds);
    }

    /** One column, or a list of columns. */
    private static List<String> partitionBy(ConfigSection options) {
        Optional<JsonNode> written = options.raw("partitionBy");
        return written.isPresent() && written.get().isValueNode()
                ? options.optionalString("partitionBy").map(List::of).orElse(List.of())
                : options.strings("partitionBy");
    }

    private static void topic(
            Depot.Kafka kafka, Optional<String> format, ConfigSection section, String key, ModelDraft model) {
        String kind = format.orElse("json").replaceFirst("^kafka(?=.)", "");
        switch (kind.equals("kafka") ? "json" : kind) {
            case "json" -> model.value().withObject("/encode").put("format", "json");
            case "avro" -> {
                model.value().withObject("/encode").put("format", "confluent-avro");
                kafka.registry()
                        .ifPresentOrElse(
                                registry -> model.value().withObject("/encode").set("registry", registry.deepCopy()),
                                () -> section.problem(
                                        key,
                                        "needs a registry of schemas; add registry { url = … } to the depot "
                                                + kafka.name()));
            }
            default ->
                section.problem(
                        key,
                        "unknown format \"" + kind + "\"; "
                                + Suggestion.among(kind, List.of("json", "avro", "kafkajson", "kafkaavro")));
        }
    }
}
