package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What options of an output say about an Iceberg table. The keys stand within {@code iceberg}; published jobs write them beside it too, where they
 * mean the same.
 *
 * @param iceberg the section of that name, where there is one
 */
record TableKeys(ConfigSection options, Optional<ConfigSection> iceberg, FlareDocument text) {

    static final String PARTITIONS = "partitionSpec";
    static final String MERGE = "merge";
    static final String PROPERTIES = "properties";

    /** A property here, an option of the writer in Iceberg. */
    static final String OVERWRITE_MODE = "overwrite-mode";

    private static final List<String> ALL = List.of(PARTITIONS, MERGE, PROPERTIES);

    static TableKeys of(ConfigSection options, FlareDocument text) {
        return new TableKeys(options, options.optionalSection("iceberg"), text);
    }

    /** Notes which keys stand beside {@code iceberg}, and which stand in both places. */
    void checkPlaces() {
        for (String key : ALL) {
            if (options.has(key) && in(iceberg, key)) {
                options.problem(key, "stands within iceberg too; remove one of the two");
            } else if (options.has(key)) {
                text.warn(options.path(key), "belongs within iceberg, and is read as if it stood there");
            }
        }
    }

    /** Returns the section that has a key, or could have it. */
    ConfigSection holder(String key) {
        return iceberg.filter(section -> in(iceberg, key) || !options.has(key)).orElse(options);
    }

    boolean has(String key) {
        return holder(key).has(key);
    }

    Map<String, String> properties() {
        return holder(PROPERTIES).stringMap(PROPERTIES);
    }

    /** Returns where a property is written. */
    String propertyPath(String property) {
        return ConfigPath.child(holder(PROPERTIES).path(PROPERTIES), property);
    }

    /**
     * For a dataset that is no table: what would only shape a table is passed over with a warning. What decides which rows are there afterwards is
     * refused.
     *
     * @param depot where the dataset lies
     * @param overwrites whether the rows that are there are replaced
     */
    void refuseWithoutTable(Depot depot, boolean overwrites) {
        String why = ", and the depot " + depot.name() + " is of kind " + depot.kind();
        for (String key : ALL) {
            if (!has(key)) {
                continue;
            }
            String path = holder(key).path(key);
            if (key.equals(MERGE)) {
                holder(key).problem(key, "cannot be done: rows are merged into Iceberg tables only" + why);
            } else if (key.equals(PROPERTIES)
                    && overwrites
                    && "dynamic".equalsIgnoreCase(properties().get(OVERWRITE_MODE))) {
                holder(key)
                        .problem(
                                key,
                                OVERWRITE_MODE
                                        + " cannot be dynamic: only Iceberg tables are overwritten by their partitions"
                                        + why);
            } else {
                text.warn(path, "is not applied: the dataset is not an Iceberg table");
            }
        }
        finish();
    }

    /** Notes keys within {@code iceberg} that nobody asked for. */
    void finish() {
        iceberg.ifPresent(section -> section.build(() -> section));
    }

    private static boolean in(Optional<ConfigSection> section, String key) {
        return section.filter(each -> each.has(key)).isPresent();
    }
}
