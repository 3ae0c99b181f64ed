package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code partitionSpec}: the partitions of a table, as product iceberg writes them. */
final class PartitionFields {

    private static final List<String> TRANSFORMS =
            List.of("identity", "year", "month", "day", "hour", "bucket", "truncate");

    private PartitionFields() {}

    static List<String> read(ConfigSection iceberg, ModelDraft model) {
        List<String> fields = new ArrayList<>();
        model.written("partition-by", iceberg.path("partitionSpec"));
        for (ConfigSection field : iceberg.sections("partitionSpec")) {
            Optional<String> term = term(field);
            Optional<String> name = field.optionalString("name");
            Optional<String> asColumn = field.optionalString("asColumn");
            if (name.isPresent() && asColumn.isPresent()) {
                field.problem("asColumn", "cannot stand beside name, which says the same");
            }
            field.build(() -> field);
            term.ifPresent(text -> {
                model.written("partition-by[" + fields.size() + "]", field.path());
                fields.add(text
                        + name.or(() -> asColumn).map(each -> " AS " + each).orElse(""));
            });
        }
        return fields;
    }

    private static Optional<String> term(ConfigSection field) {
        String column = field.string("column");
        String type = field.string("type").toLowerCase(Locale.ROOT);
        Optional<Integer> buckets = field.optionalPositiveInt("numBuckets");
        Optional<Integer> width = field.optionalPositiveInt("width");
        onlyFor("bucket", type, "numBuckets", field);
        onlyFor("truncate", type, "width", field);
        if (type.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        return switch (type) {
            case "bucket" -> number(buckets, type, column, "numBuckets", "how many buckets there are", field);
            case "truncate" -> number(width, type, column, "width", "how much of a value is kept", field);
            case "identity", "year", "month", "day", "hour" -> Optional.of(type + "(" + column + ")");
            default -> {
                field.problem("type", "unknown transform \"" + type + "\"; " + Suggestion.among(type, TRANSFORMS));
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> number(
            Optional<Integer> number, String type, String column, String key, String what, ConfigSection field) {
        if (!field.has(key)) {
            field.problem(key, "is missing; a " + type + " needs it: " + what);
        }
        return number.map(each -> type + "(" + each + ", " + column + ")");
    }

    private static void onlyFor(String transform, String type, String key, ConfigSection field) {
        if (field.has(key) && !type.equals(transform)) {
            field.problem(key, "is for type: " + transform + " only");
        }
    }
}
