package io.millrace.cli.internal.sql;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.config.Suggestion;
import io.millrace.spi.SparkErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Table;
import scala.jdk.javaapi.CollectionConverters;

/** The tables that a session can name: its views, those of its own catalog, and those of every other catalog it was told of. */
final class KnownTables {

    private static final Pattern CATALOG = Pattern.compile("spark\\.sql\\.catalog\\.([^.]+)");

    private static final int MOST_NAMESPACES = 200;
    private static final int MOST_SHOWN = 20;

    private final SparkSession session;
    private final Set<String> names = new TreeSet<>();
    private final List<String> silent = new ArrayList<>();

    /** @param others names that are known besides */
    KnownTables(SparkSession session, Collection<String> others) {
        this.session = session;
        names.addAll(others);
        for (Table table : session.catalog().listTables().collectAsList()) {
            names.add(table.name());
        }
        CollectionConverters.asJava(session.conf().getAll()).keySet().stream()
                .map(CATALOG::matcher)
                .filter(Matcher::matches)
                .map(setting -> setting.group(1))
                .filter(catalog -> !catalog.equals("spark_catalog"))
                .sorted()
                .forEach(this::list);
    }

    /** Returns which table was probably meant, which there are, and which catalogs did not answer; for the end of a message. */
    String suggestion(String name) {
        List<String> shown = names.stream().limit(MOST_SHOWN).toList();
        String more = names.size() > shown.size() ? ", and " + (names.size() - shown.size()) + " more" : "";
        String known = "known: " + (shown.isEmpty() ? "none" : String.join(", ", shown)) + more;
        String list = silent.isEmpty() ? known : known + "; " + String.join("; ", silent);
        return Suggestion.nearest(name, names)
                .or(() -> names.stream()
                        .filter(table -> last(table).equalsIgnoreCase(last(name)))
                        .findFirst())
                .map(near -> "did you mean \"" + near + "\"? (" + list + ")")
                .orElse(list);
    }

    private void list(String catalog) {
        String name = FormattedValues.identifier(catalog);
        try {
            List<String> namespaces = new ArrayList<>(children(name));
            for (int i = 0; i < namespaces.size() && i < MOST_NAMESPACES; i++) {
                String namespace = name + "." + namespaces.get(i);
                namespaces.addAll(children(namespace));
                session.sql("SHOW TABLES IN " + namespace)
                        .collectAsList()
                        .forEach(table -> names.add((namespace + "." + table.getString(1)).replace("`", "")));
            }
        } catch (Exception unanswered) { // Spark throws checked exceptions without declaring them
            silent.add("catalog " + catalog + " does not answer: "
                    + SparkErrors.of("its tables cannot be listed", unanswered).getMessage());
        }
    }

    private List<String> children(String namespace) {
        return session.sql("SHOW NAMESPACES IN " + namespace).collectAsList().stream()
                .map((Row row) -> row.getString(0))
                .toList();
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
