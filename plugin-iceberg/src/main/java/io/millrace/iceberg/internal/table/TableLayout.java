package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.TableProperties;

/**
 * What a model says of its table besides the columns.
 *
 * @param partitionBy empty where the model leaves it to the table
 * @param sortBy empty where the model leaves it to the table
 * @param properties of the table, that of its distribution among them
 */
public record TableLayout(List<PartitionBy> partitionBy, List<SortBy> sortBy, Map<String, String> properties) {

    public TableLayout {
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
        properties = Map.copyOf(properties);
    }

    /** Decodes the settings of the layout; what is wrong is noted. */
    public static TableLayout decode(ConfigSection value) {
        List<PartitionBy> partitionBy = each(value, "partition-by", PartitionBy::parse);
        List<SortBy> sortBy = each(value, "sort-by", SortBy::parse);
        Map<String, String> properties = new LinkedHashMap<>(value.stringMap("properties"));
        if (value.has("distribution") && properties.containsKey(TableProperties.WRITE_DISTRIBUTION_MODE)) {
            value.problem(
                    "properties",
                    TableProperties.WRITE_DISTRIBUTION_MODE + " is what distribution sets; write one of the two");
        }
        value.optionalEnum("distribution", Distribution.class)
                .ifPresent(
                        distribution -> properties.put(TableProperties.WRITE_DISTRIBUTION_MODE, distribution.word()));
        return new TableLayout(partitionBy, sortBy, properties);
    }

    private static <T> List<T> each(ConfigSection value, String key, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        for (String text : value.strings(key)) {
            try {
                parsed.add(parser.apply(text));
            } catch (IllegalArgumentException wrong) {
                value.problem(key, "\"" + text + "\" " + wrong.getMessage());
            }
        }
        return parsed;
    }

    /** Returns the partitions as they are written. */
    public String partitions() {
        return partitionBy.stream().map(PartitionBy::toString).collect(Collectors.joining(", "));
    }
}
