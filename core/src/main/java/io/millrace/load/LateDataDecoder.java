package io.millrace.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.model.LateData;
import io.millrace.model.LateData.Ready;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code late-data} section of a configuration. */
final class LateDataDecoder {

    private static final Option<String> INPUT = Option.text("input")
            .required("The model of the partitioned table that the pipegraph reads: a table of Delta or Iceberg.");
    private static final Option<List<String>> PARTITION_BY = Option.of(
                    "partition-by", "column, or list of columns", LateDataDecoder::columns)
            .required("The partition columns whose values make a slice; the first says which slices are earlier.");
    private static final Option<String> LEDGER = Option.text("ledger")
            .optional("The folder of the slice ledger; without it, slices below the state folder of the pipegraph.");
    private static final Option<Integer> MAX_CONCURRENT =
            Option.count("max-concurrent").byDefault(LateData.DEFAULT_CONCURRENT, "How many slices may run at once.");
    private static final Option<Ready> READY = Option.choice("ready", Ready.class)
            .byDefault(Ready.NEXT_PARTITION, "When a slice may be run: when a later one is there, or at once.");
    private static final Option<Integer> LOOK_BACK = Option.count("look-back")
            .optional("How many days before the newest slice late data is looked for; without it, all days.");
    private static final Option<Integer> MAX_BACKFILLS = Option.count("max-backfills")
            .optional("How many slices a command runs again at most because of late data; without it, all.");
    private static final Option<String> CONFIGURATIONS = Option.text("configurations")
            .optional(
                    "A folder in which backfilling_configuration_<slice>.json names the slices that are to be run again.");

    private static final Map<String, String> GUESSES = Map.of(
            "etl", "is not needed: all ETLs of the pipegraph are run for a slice",
            "table", "write input = MODEL, the model of the table",
            "source", "write input = MODEL, the model of the table",
            "partition", "write partition-by = COLUMN",
            "partition-column", "write partition-by = COLUMN",
            "state", "write ledger = FOLDER",
            "lookback", "write look-back = DAYS",
            "concurrency", "write max-concurrent = NUMBER");

    private LateDataDecoder() {}

    private static Optional<List<String>> columns(ConfigSection section, String key) {
        Optional<JsonNode> written = section.raw(key);
        if (written.filter(JsonNode::isArray).isPresent()) {
            List<String> columns = section.strings(key);
            if (columns.isEmpty()) {
                section.problem(key, "must name at least one column");
                return Optional.empty();
            }
            return Optional.of(columns);
        }
        return section.optionalString(key).map(List::of);
    }

    static Optional<LateData> decode(ConfigSection section) {
        section.instead(GUESSES);
        String input = section.find(INPUT).orElse("");
        List<String> partitionBy = section.find(PARTITION_BY).orElse(List.of());
        Optional<String> ledger = section.find(LEDGER);
        int maxConcurrent = section.get(MAX_CONCURRENT);
        Ready ready = section.get(READY);
        Optional<Integer> lookBack = section.find(LOOK_BACK);
        Optional<Integer> maxBackfills = section.find(MAX_BACKFILLS);
        Optional<String> configurations = section.find(CONFIGURATIONS);
        return section.build(() ->
                new LateData(input, partitionBy, ledger, maxConcurrent, ready, lookBack, maxBackfills, configurations));
    }
}
