package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.flare.internal.text.TextFile;
import io.millrace.internal.spark.AvroColumns;
import io.millrace.internal.spark.NullableColumns;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Reads the schema of an input: Avro, Spark's own JSON, or columns as in CREATE TABLE. As in Spark, any column may be null. */
final class SchemaReader {

    private static final List<String> TYPES = List.of("avro", "spark", "sparkjson", "ddl");

    private static final List<String> KEYS = List.of("schemaString", "schema", "schemaPath");

    private SchemaReader() {}

    static Optional<WrittenSchema> read(ConfigSection input, FlareDocument text) {
        text.refuse(input, "is not supported; name the subject with schemaSubject", "schemaId");
        Optional<String> type = input.optionalString("schemaType").map(written -> written.toLowerCase(Locale.ROOT));
        type.filter(written -> !TYPES.contains(written))
                .ifPresent(written -> input.problem(
                        "schemaType", "unknown value \"" + written + "\"; " + Suggestion.among(written, TYPES)));
        List<String> beside = KEYS.stream().filter(input::has).toList();
        if (beside.size() > 1) {
            input.problem(beside.get(1), "cannot stand beside " + beside.get(0));
        }
        for (String key : List.of("schemaString", "schema")) {
            Optional<String> string = input.optionalString(key);
            if (string.isPresent()) {
                return schema(string.get(), input, key);
            }
        }
        return input.optionalString("schemaPath")
                .flatMap(path -> file(path, input, text))
                .flatMap(written -> schema(written, input, "schemaPath"));
    }

    private static Optional<WrittenSchema> schema(String written, ConfigSection input, String key) {
        try {
            StructType columns = columns(written.strip());
            return Optional.of(new WrittenSchema(written, NullableColumns.of(columns), input.path(key)));
        } catch (SqlSyntax.SyntaxException | RuntimeException wrong) {
            input.problem(
                    key,
                    "is not a schema: "
                            + String.valueOf(wrong.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
            return Optional.empty();
        }
    }

    private static StructType columns(String written) throws SqlSyntax.SyntaxException {
        if (!written.startsWith("{")) {
            return SqlSyntax.schema(written);
        }
        boolean sparks = written.replaceAll("\\s", "").contains("\"type\":\"struct\"");
        return sparks ? (StructType) DataType.fromJson(written) : AvroColumns.of(written);
    }

    /** The file lies beside the text, or in a depot of files on this machine. */
    private static Optional<String> file(String written, ConfigSection input, FlareDocument text) {
        Optional<Path> path = Address.isAddress(written)
                ? Dataset.decode(input, "schemaPath", Optional.empty(), text).flatMap(dataset -> local(dataset, input))
                : Optional.of(text.resolve(written));
        return path.flatMap(file -> TextFile.read(file, input, "schemaPath"));
    }

    private static Optional<Path> local(Dataset dataset, ConfigSection input) {
        String path = dataset.value().path("path").asText("");
        try {
            if (dataset.depot() instanceof Depot.Files && !path.matches("[A-Za-z0-9+.-]{2,}:.*")) {
                return Optional.of(Path.of(path));
            }
        } catch (InvalidPathException none) {
            // said below
        }
        input.problem("schemaPath", "is not on this machine; write the schema as schemaString");
        return Optional.empty();
    }
}
