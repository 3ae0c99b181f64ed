package io.millrace.iceberg.internal.table;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.Namespaces;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/** A table that is to be made. */
record NewTable(Schema schema, PartitionSpec partitions, SortOrder order, Map<String, String> properties) {

    NewTable {
        properties = Map.copyOf(properties);
    }

    /**
     * Lays a table out.
     *
     * @param what is being done, for the message
     * @param rows its columns; all of them may be NULL
     * @throws MillraceException of kind USER where the layout does not fit the columns
     */
    static NewTable of(String what, TableLayout layout, StructType rows) {
        try {
            Schema schema = SparkSchemaUtil.convert(rows.asNullable());
            return new NewTable(
                    schema,
                    PartitionBy.spec(layout.partitionBy(), schema),
                    SortBy.order(layout.sortBy(), schema),
                    layout.properties());
        } catch (RuntimeException refused) {
            throw MillraceException.user(what + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * Makes it, and the namespaces it needs.
     *
     * @throws org.apache.iceberg.exceptions.AlreadyExistsException where somebody else has made one of that name; anything else of Iceberg's where
     *     the catalog fails
     */
    Table createIn(Catalog catalog, TableIdentifier name) {
        Namespaces.create(catalog, name.namespace());
        return catalog.buildTable(name, schema)
                .withPartitionSpec(partitions)
                .withSortOrder(order)
                .withProperties(properties)
                .create();
    }
}
