package io.millrace.load;

import java.util.List;
import java.util.Map;

/** Keys that users write who guess, with the form that works. */
final class EtlGuesses {

    private static final String STEPS = "write steps = [ { name = NAME, sql = \"SELECT …\" } ]";
    private static final String INPUTS = "write inputs { VIEW = MODEL }, where VIEW is the name for SQL";
    private static final String OUTPUT = "write output = MODEL";
    private static final String STATE = "write state = FOLDER in pipegraph: checkpoints are there";
    private static final String TRIGGER =
            "write trigger = available-now, trigger = continuous or trigger { every = 10s }; without one it is a batch run";

    /** In an ETL. */
    static final Map<String, String> OF_ETL = Map.ofEntries(
            Map.entry("sql", STEPS),
            Map.entry("query", STEPS),
            Map.entry("step", STEPS),
            Map.entry("transform", STEPS),
            Map.entry("transformations", STEPS),
            Map.entry("strategy", "write steps = [ { name = NAME, strategy = \"CLASS\" } ]"),
            Map.entry("input", INPUTS),
            Map.entry("source", INPUTS),
            Map.entry("from", INPUTS),
            Map.entry("sink", OUTPUT),
            Map.entry("target", OUTPUT),
            Map.entry("to", OUTPUT),
            Map.entry("where", "write outputs = [ { model = MODEL, where = \"…\" } ]"),
            Map.entry("mode", TRIGGER),
            Map.entry("schedule", TRIGGER),
            Map.entry("checkpoint", STATE),
            Map.entry("checkpoint-location", STATE),
            Map.entry("checkpointLocation", STATE),
            Map.entry("state", STATE),
            Map.entry("save-mode", "belongs to the model that is written: value { save-mode = … }"),
            Map.entry("quality", "write expectations = [ { name = NAME, that = \"price > 0\", otherwise = drop } ]"),
            Map.entry("dlq", "write dead-letters = MODEL"));

    private static final String OF_THE_MODEL = "belongs to the model that is written: models { MODEL { value { … } } }";

    /** In an output. */
    static final Map<String, String> OF_OUTPUT = Map.of(
            "save-mode", OF_THE_MODEL,
            "mode", OF_THE_MODEL,
            "path", OF_THE_MODEL,
            "format", OF_THE_MODEL,
            "keys", OF_THE_MODEL,
            "order-by", OF_THE_MODEL,
            "partition-by", OF_THE_MODEL,
            "product", OF_THE_MODEL,
            "value", OF_THE_MODEL,
            "filter", "write where");

    /** In a pipegraph. */
    static final Map<String, String> OF_PIPEGRAPH = Map.of(
            "etl", "write etls = [ { name = NAME, inputs { … }, output = MODEL } ]",
            "model", "write models { NAME { product = …, value { … } } }",
            "inputs", "belongs to an ETL: etls = [ { name = NAME, inputs { VIEW = MODEL }, … } ]",
            "steps", "belongs to an ETL: etls = [ { name = NAME, steps = [ … ], … } ]",
            "output", "belongs to an ETL: etls = [ { name = NAME, output = MODEL, … } ]",
            "checkpoint", "write state = FOLDER",
            "checkpoint-location", "write state = FOLDER");

    /** In a model. */
    static final Map<String, String> OF_MODEL = Map.of(
            "type", "write product",
            "kind", "write product",
            "settings", "write value { … }");

    /** In a model, of what belongs into its value. */
    static final List<String> OF_VALUE = List.of(
            "path",
            "name",
            "table",
            "topic",
            "bootstrap-servers",
            "format",
            "schema",
            "options",
            "save-mode",
            "keys",
            "order-by",
            "partition-by",
            "rows");

    private EtlGuesses() {}
}
