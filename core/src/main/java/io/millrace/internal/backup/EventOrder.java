package io.millrace.internal.backup;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * By which column events are sorted.
 *
 * @param column its path, such as {@code context.did}
 */
record EventOrder(String column, Direction direction) {

    /** Which come first. */
    enum Direction {
        /** The least. */
        ASC,
        /** The greatest. */
        DESC
    }

    private static final Option<String> COLUMN = Option.text("column").required("Which column, such as ets.");
    private static final Option<Direction> ORDER = Option.choice("order", Direction.class)
            .byDefault(Direction.ASC, "Whether the least or the greatest come first.");

    static final Option<List<ConfigSection>> OPTION = Option.of(
                    "sort", "list of { column, order }", (section, key) -> Optional.of(section.sections(key)))
            .otherwise("none", "In which order events are read.");

    static List<EventOrder> in(ConfigSection value, Optional<StructType> schema) {
        List<EventOrder> orders = new ArrayList<>();
        for (ConfigSection each : value.find(OPTION).orElse(List.of())) {
            Optional<String> column = each.find(COLUMN);
            Direction direction = each.get(ORDER);
            column.ifPresent(name -> schema.ifPresent(type -> EventFilter.checkColumn(each, name, type)));
            each.build(() -> new EventOrder(column.orElseThrow(), direction)).ifPresent(orders::add);
        }
        return orders;
    }

    Column order() {
        Column value = EventFilter.column(column);
        return direction == Direction.ASC ? value.asc() : value.desc();
    }
}
