package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.spi.NamedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.TableProperties;

/**
 * What a model says of its table besides the columns.
 *
 * @param partitionBy empty where the model leaves it to the table
 * @param sortBy empty where the model leaves it to the table
 * @param properties of the table, that of its distribution among them
 */
record TableLayout(List<PartitionBy> partitionBy, List<SortBy> sortBy, Map<String, String> properties) {

    TableLayout {
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
        properties = Map.copyOf(properties);
    }

    static TableLayout decode(ConfigSection value) {
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

    /** Returns the columns that partitions and the order of rows are made of. */
    List<NamedColumn> namedColumns() {
        Stream<NamedColumn> partitions =
                NamedColumn.names("partition-by", columns(partitionBy.stream().map(PartitionBy::term)));
        Stream<NamedColumn> order =
                NamedColumn.names("sort-by", columns(sortBy.stream().map(SortBy::term)));
        return Stream.concat(partitions, order).toList();
    }

    /** Of a field of a struct, the struct is looked for. */
    private static List<String> columns(Stream<ColumnTerm> terms) {
        return terms.map(term -> term.column().replaceFirst("\\..*", "")).toList();
    }

    /** Returns the partitions as they are written. */
    String partitions() {
        return partitionBy.stream().map(PartitionBy::toString).collect(Collectors.joining(", "));
    }
}
