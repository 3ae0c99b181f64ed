package io.millrace.cli.internal.sql;

import static org.apache.spark.sql.functions.col;

import io.millrace.config.ConfigDocument;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.SourceColumn;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes the models and entities of a file visible to SQL. */
final class ModelTables {

    private final ConfigDocument document;
    private final SparkSession session;
    private final PluginRegistry plugins = PluginRegistry.ofClassPath();

    ModelTables(ConfigDocument document, SparkSession session) {
        this.document = document;
        this.session = session;
    }

    /** Registers the entities, and the models that the query reads: others may not be there yet. */
    void register(String query) {
        plugins.tables().forEach(tables -> tables.registerTables(document, session));
        if (!document.tree().has("pipegraph")) {
            return;
        }
        LoadedPipegraph loaded = PipegraphLoader.load(document);
        Map<String, Source> sources = new Planner(plugins).sources(loaded);
        Predicate<String> read = read(query);
        sources.forEach((name, source) -> {
            if (read.test(name)) {
                rows(source).createOrReplaceTempView("`" + name.replace("`", "``") + "`");
            }
        });
    }

    /** Returns the names of the models that can be tables; the entities are in the session's catalog. */
    Set<String> names() {
        return document.tree().has("pipegraph")
                ? new Planner(plugins).sources(PipegraphLoader.load(document)).keySet()
                : Set.of();
    }

    private static Predicate<String> read(String query) {
        try {
            Set<String> relations = SqlSyntax.query(query).relations().stream()
                    .map(name -> name.replace("`", ""))
                    .collect(Collectors.toSet());
            return relations::contains;
        } catch (SqlSyntax.SyntaxException noQuery) {
            return name -> false; // Spark says what it is, or what is wrong with it
        }
    }

    /** The rows as a step sees them, without where they come from. */
    private Dataset<Row> rows(Source source) {
        Dataset<Row> rows = source.read(new ReadContext(session, Slice.ALL));
        if (source instanceof DecodingSource decoding) {
            rows = decoding.decode(rows).filter(col(Rejection.COLUMN).isNull()).drop(Rejection.COLUMN);
        }
        return rows.drop(SourceColumn.NAME);
    }
}
