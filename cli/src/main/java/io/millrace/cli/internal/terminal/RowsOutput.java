package io.millrace.cli.internal.terminal;

import io.millrace.spi.SparkErrors;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Shows rows: as a table to a person, as a JSON object for each to a program. */
public record RowsOutput(Terminal terminal, boolean json, int limit) {

    /** Computes the rows and shows them, when the display of the progress is out of the way. */
    public void show(Dataset<Row> rows, String what, ProgressDisplay progress) {
        try {
            if (json) {
                inJson(rows, progress);
            } else {
                RowTable table = RowTable.of(rows, limit);
                progress.hide();
                table.print(terminal);
            }
        } catch (RuntimeException failed) {
            throw SparkErrors.of(what, failed);
        }
    }

    /** Every row, as Spark writes it in JSON; nulls are written. */
    private void inJson(Dataset<Row> rows, ProgressDisplay progress) {
        Dataset<Row> limited = limit == 0 ? rows : rows.limit(limit);
        Iterator<Row> lines = limited.select(
                        functions.to_json(functions.struct(functions.col("*")), Map.of("ignoreNullFields", "false")))
                .toLocalIterator();
        progress.hide();
        while (lines.hasNext()) {
            terminal.out().println(lines.next().getString(0));
        }
    }
}
