package io.millrace.cli.internal.letters;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.RowsOutput;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        description =
                "Dead letters that were not replayed, the latest first: where each comes from, what is wrong with it, and its value.")
final class DlqShowCommand extends LettersCommand {

    /** A value may be a megabyte long; all of it is in the output for programs. */
    private static final int MOST_SHOWN = 200;

    @Option(names = "--replayed", description = "Those that were replayed, too.")
    private boolean replayed;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "20",
            description = "Show no more letters than this (20); 0 for all.")
    private int limit;

    DlqShowCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        progress.show("reading dead letters");
        Dataset<Row> found = new DeadLetterBox(session, plan)
                .letters(letters().filter())
                .orderBy(col("failed_at").desc(), col("topic"), col("partition"), col("offset"), col("path"));
        Dataset<Row> wanted =
                replayed ? found : found.filter(col(DeadLetterBox.REPLAYED).equalTo(false));
        new RowsOutput(terminal(), json(), limit)
                .show(json() ? wanted : forPeople(wanted), "the dead letters cannot be read", progress);
    }

    private static Dataset<Row> forPeople(Dataset<Row> letters) {
        Column record = concat_ws("/", col("topic"), col("partition"), col("offset"));
        Column value = when(
                        is_valid_utf8(col("value").cast("string")), col("value").cast("string"))
                .otherwise(concat(lit("0x"), hex(col("value"))));
        return letters.select(
                col("etl"),
                when(col("topic").isNotNull(), record).otherwise(col("path")).as("from"),
                col("failed_at"),
                col("reason_code"),
                col("reason"),
                left(coalesce(value, col("row")), lit(MOST_SHOWN)).as("value"));
    }
}
