package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table: catalog, namespaces, table.
 *
 * @param parts at least two
 */
public record IcebergTableName(List<String> parts) {

    public IcebergTableName {
        parts = List.copyOf(parts);
    }

    /** Reads the name under a key; empty where it is none, which is noted. */
    static Optional<IcebergTableName> decode(ConfigSection value, String key) {
        return value.optionalString(key).flatMap(written -> decode(value, key, written));
    }

    private static Optional<IcebergTableName> decode(ConfigSection value, String key, String written) {
        try {
            List<String> parts = SqlSyntax.tableName(written);
            if (parts.size() > 1) {
                return Optional.of(new IcebergTableName(parts));
            }
            value.problem(key, "needs the catalog too: catalog." + written + ", or catalog.namespace." + written);
        } catch (SqlSyntax.SyntaxException wrong) {
            value.problem(key, "is not the name of a table: " + wrong.getMessage());
        }
        return Optional.empty();
    }

    /** Reads a name; empty where it is none, or has no catalog. */
    public static Optional<IcebergTableName> parse(String written) {
        try {
            return Optional.of(SqlSyntax.tableName(written))
                    .filter(parts -> parts.size() > 1)
                    .map(IcebergTableName::new);
        } catch (SqlSyntax.SyntaxException none) {
            return Optional.empty();
        }
    }

    /** Returns the name of the catalog. */
    public String catalog() {
        return parts.get(0);
    }

    /** Returns the name of a table beside this one. */
    public IcebergTableName beside(String ending) {
        List<String> names = new ArrayList<>(parts);
        names.set(names.size() - 1, names.get(names.size() - 1) + ending);
        return new IcebergTableName(names);
    }

    /** Returns the name within the catalog. */
    TableIdentifier identifier() {
        String[] levels = parts.subList(1, parts.size() - 1).toArray(String[]::new);
        return TableIdentifier.of(Namespace.of(levels), parts.get(parts.size() - 1));
    }

    /** Returns the name as SQL takes it, of a branch of the table where one is given. */
    public String sql(@Nullable String branch) {
        String table = parts.stream().map(IcebergTableName::quoted).collect(Collectors.joining("."));
        return branch == null ? table : table + "." + quoted("branch_" + branch);
    }

    private static String quoted(String part) {
        return "`" + part.replace("`", "``") + "`";
    }

    /** As in messages: {@code icebase.raw01.rides}. */
    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
