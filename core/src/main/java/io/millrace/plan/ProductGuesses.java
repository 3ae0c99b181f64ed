package io.millrace.plan;

import io.millrace.config.AllowedWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names that users take for products, with the form that works. */
final class ProductGuesses {

    private static final AllowedWords<String> ANSWERS = new AllowedWords<>(answers());

    private ProductGuesses() {}

    /** Returns what to write instead of a product; empty where the name says nothing. */
    static Optional<String> answer(String product) {
        return ANSWERS.find(product);
    }

    private static Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String format : List.of("parquet", "csv", "json", "avro", "orc", "text")) {
            answers.put(format, "write product = files, value { path = …, format = " + format + " }");
        }
        for (String place : List.of("file", "folder", "directory", "s3", "hdfs")) {
            answers.put(place, "write product = files, value { path = … }");
        }
        answers.put("delta", "write product = table, value { path = … }: a table in a folder is a Delta table");
        answers.put("delta-lake", answers.getOrDefault("delta", ""));
        for (String upsert : List.of("upsert", "merge", "continuous-update", "cdc")) {
            answers.put(
                    upsert,
                    "an upsert is a way to write a table: write product = table (or iceberg), value { path = …, save-mode = upsert, keys = [ … ], order-by = … }");
        }
        for (String catalog : List.of("hive", "spark", "catalog", "tables")) {
            answers.put(catalog, "write product = table, value { name = DATABASE.TABLE }");
        }
        answers.put("topic", "write product = kafka, value { bootstrap-servers = …, topic = … }");
        answers.put("entity", "write product = parallelWrite: entities of the catalog are its models");
        for (String printed : List.of("print", "stdout", "show")) {
            answers.put(printed, "write product = console");
        }
        for (String written : List.of("inline", "memory", "rows")) {
            answers.put(written, "write product = values, value { schema = …, rows = [ … ] }");
        }
        return answers;
    }
}
