package io.millrace.cli.internal.sql;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.RowsOutput;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.flare.internal.depot.Depots;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.SparkErrors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        description = "Ask a question in Spark SQL. With a pipegraph's file, its models and entities are tables.")
public final class SqlCommand implements Runnable {

    private final CommandEnvironment environment;

    @Parameters(paramLabel = "QUERY", description = "Such as \"SELECT count(*) FROM orders\".")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String query;

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = "Models and entities of this file are tables; a name with a hyphen needs `backticks`.")
    private @Nullable Path file;

    @Option(
            names = "--depots",
            paramLabel = "FILE",
            description = "Tables of the Iceberg depots of this file can be read: depot.collection.dataset.")
    private @Nullable Path depots;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value over the files, before substitutions; may be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "100",
            description = "Show no more rows than this (100); 0 for all.")
    private int limit;

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public SqlCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        @Nullable ConfigDocument document = file == null ? null : HoconReader.read(file, set);
        @Nullable
        ConfigDocument catalogs =
                depots == null ? null : Depots.of(HoconReader.read(depots, set)).settings();
        Terminal terminal = environment.terminal();
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            SparkSession session = Sessions.beside(spark.open(environment.sessions()));
            @Nullable ModelTables tables = document == null ? null : new ModelTables(document, session);
            if (tables != null) {
                tables.register(query);
            }
            if (catalogs != null) {
                new ModelTables(catalogs, session).register(query);
            }
            progress.show("running the query");
            Dataset<Row> rows = understood(session, tables);
            new RowsOutput(terminal, output.json(), limit).show(rows, "the query failed", progress);
        }
    }

    private Dataset<Row> understood(SparkSession session, @Nullable ModelTables tables) {
        try {
            return session.sql(query);
        } catch (RuntimeException | Error failed) {
            throw SparkErrors.of("the query failed", failed);
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw new QueryProblem(query, session, tables).explain(wrong);
        }
    }
}
