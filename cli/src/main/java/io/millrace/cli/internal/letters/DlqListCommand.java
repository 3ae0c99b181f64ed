package io.millrace.cli.internal.letters;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.RowsOutput;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = "How many dead letters there are, for which reasons, and how many of them were replayed.")
final class DlqListCommand extends LettersCommand {

    DlqListCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        progress.show("counting dead letters");
        Dataset<Row> counted = new DeadLetterBox(session, plan)
                .letters(letters().filter())
                .groupBy("etl", "stage", "reason_code")
                .agg(
                        count(lit(1)).as("letters"),
                        count_if(col(DeadLetterBox.REPLAYED)).as("replayed"),
                        min("failed_at").as("first"),
                        max("failed_at").as("last"))
                .orderBy("etl", "stage", "reason_code");
        new RowsOutput(terminal(), json(), 0).show(counted, "the dead letters cannot be counted", progress);
    }
}
