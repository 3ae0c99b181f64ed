package io.millrace.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.millrace.deadletter.DeadLetterBox;
import io.millrace.plan.PipegraphPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "How many dead letters there are, for which reasons, and how many of them were replayed.")
final class DlqListCommand implements Runnable {

    private final Surroundings surroundings;

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DlqListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        PipegraphPlan plan = letters.pipegraph().plan();
        Terminal terminal = surroundings.terminal();
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            SparkSession session = spark.open(surroundings.sessions());
            progress.show("counting dead letters");
            Dataset<Row> counted = letters.box(session, plan)
                    .letters(letters.filter())
                    .groupBy("etl", "stage", "reason_code")
                    .agg(
                            count(lit(1)).as("letters"),
                            count_if(col(DeadLetterBox.REPLAYED)).as("replayed"),
                            min("failed_at").as("first"),
                            max("failed_at").as("last"))
                    .orderBy("etl", "stage", "reason_code");
            new RowsOutput(terminal, output.json(), 0).show(counted, "the dead letters cannot be counted", progress);
        }
    }
}
