package io.millrace.cli.internal.compact;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.command.WhereOption;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.ByteSize;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.SupportsCompaction;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compact",
        description = "Make few large files of the many small ones that a pipegraph has written; no row changes.")
public final class CompactCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "The model whose files are meant; without it, all that the pipegraph writes.")
    private @Nullable String model;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Only partitions for which this holds, such as \"day < '2024-01-31'\".")
    private @Nullable String where;

    @Option(
            names = "--target-file-size",
            paramLabel = "SIZE",
            description = "How large the files are to be, such as 128MB; without it, what the model says, else 128MB.")
    private @Nullable String size;

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public CompactCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        CompactionRequest request = request();
        PipegraphPlan plan = pipegraph.plan();
        Map<String, SupportsCompaction> sinks = new CompactionTargets(plan).chosen(model);
        Terminal terminal = environment.terminal();
        CompactionReport report = output.json() ? new CompactionLines(terminal) : new CompactionText(terminal);
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            SparkSession session = spark.open(environment.sessions());
            sinks.forEach((name, sink) -> {
                progress.show("compacting " + name);
                var result = sink.compact(session, request);
                progress.hide();
                report.compacted(name, result);
            });
        }
    }

    private CompactionRequest request() {
        WhereOption.check(where);
        @Nullable
        Long bytes = size == null
                ? null
                : ByteSize.parse(size)
                        .orElseThrow(() -> MillraceException.user(
                                "--target-file-size must be a size such as 128MB, not \"" + size + "\""));
        return new CompactionRequest(where, bytes);
    }
}
