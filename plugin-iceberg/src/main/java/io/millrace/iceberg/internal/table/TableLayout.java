package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.spi.NamedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public record TableLayout(List<PartitionBy> partitionBy, List<SortBy> sortBy, Map<String, String> properties) {

    private static final Option<List<PartitionBy>> PARTITION_BY = Option.of(
                    "partition-by", "list of texts", (value, key) -> each(value, key, PartitionBy::parse))
            .byDefault(
                    List.of(),
                    "Partitions of a table that is made: month(day) AS month, identity(id), bucket(16, id), truncate(4, name), year, day, hour. A"
                            + " table that is there must have these.");
    private static final Option<List<SortBy>> SORT_BY = Option.of(
                    "sort-by", "list of texts", (value, key) -> each(value, key, SortBy::parse))
            .byDefault(
                    List.of(),
                    "Columns by which files are sorted: id DESC NULLS LAST. Set on a table that has another order.");
    private static final Option<Distribution> DISTRIBUTION = Option.choice("distribution", Distribution.class)
            .optional("How rows are sent to the tasks that write them; without it Iceberg's own choice.");
    private static final Option<Map<String, String>> PROPERTIES = Option.textMap("properties")
            .byDefault(Map.of(), "Properties of the table, set where it is made and where it has others.");

    static final List<Option<?>> OPTIONS = List.of(PARTITION_BY, SORT_BY, DISTRIBUTION, PROPERTIES);

    public TableLayout {
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
        properties = Map.copyOf(properties);
    }

    /** Decodes the settings of the layout; what is wrong is noted. */
    public static TableLayout decode(ConfigSection value) {
        List<PartitionBy> partitionBy = value.get(PARTITION_BY);
        List<SortBy> sortBy = value.get(SORT_BY);
        Map<String, String> properties = new LinkedHashMap<>(value.get(PROPERTIES));
        if (value.has(DISTRIBUTION) && properties.containsKey(TableProperties.WRITE_DISTRIBUTION_MODE)) {
            value.problem(
                    PROPERTIES,
                    TableProperties.WRITE_DISTRIBUTION_MODE + " is what distribution sets; write one of the two");
        }
        value.find(DISTRIBUTION)
                .ifPresent(
                        distribution -> properties.put(TableProperties.WRITE_DISTRIBUTION_MODE, distribution.word()));
        return new TableLayout(partitionBy, sortBy, properties);
    }

    private static <T> Optional<List<T>> each(ConfigSection value, String key, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        for (String text : value.strings(key)) {
            try {
                parsed.add(parser.apply(text));
            } catch (IllegalArgumentException wrong) {
                value.problem(key, "\"" + text + "\" " + wrong.getMessage());
            }
        }
        return Optional.of(parsed);
    }

    /** Returns the columns that partitions and the order of rows are made of. */
    public List<NamedColumn> namedColumns() {
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

    /** Returns the columns that partitions are made of. */
    public List<String> partitionColumns() {
        return columns(partitionBy.stream().map(PartitionBy::term));
    }

    /** Returns the partitions as they are written. */
    public String partitions() {
        return partitionBy.stream().map(PartitionBy::toString).collect(Collectors.joining(", "));
    }
}
