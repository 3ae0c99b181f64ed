package io.millrace.cli.internal.products;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spi.ListsFiles;
import io.millrace.spi.ListsFiles.InputFile;
import io.millrace.spi.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Shows what runs would take. */
record DryRun(Terminal terminal, boolean json) {

    void show(SparkSession session, PipegraphPlan plan, List<Slice> slices) {
        for (Slice slice : slices) {
            for (EtlPlan etl : plan.etls()) {
                for (PlannedInput input : etl.inputs()) {
                    if (input.source() instanceof ListsFiles files) {
                        show(slice, etl, input, files.files(session, slice));
                    } else if (!json) {
                        terminal.out()
                                .println(slice + ", " + etl.name() + "."
                                        + input.input().view() + ": "
                                        + input.source().description());
                    }
                }
            }
        }
    }

    private void show(Slice slice, EtlPlan etl, PlannedInput input, List<InputFile> files) {
        if (json) {
            List<Map<String, Object>> listed = new ArrayList<>();
            files.forEach(file -> listed.add(Map.of("path", file.path(), "bytes", file.bytes())));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "dry-run");
            line.put("slice", slice.toString());
            line.put("etl", etl.name());
            line.put("input", input.input().view());
            line.put("files", listed);
            new JsonLines(terminal.out()).write(line);
            return;
        }
        long bytes = files.stream().mapToLong(InputFile::bytes).sum();
        terminal.out()
                .println(slice + ", " + etl.name() + "." + input.input().view() + ": "
                        + FormattedValues.count(files.size(), "file") + ", " + FormattedValues.bytes(bytes));
        files.forEach(file -> terminal.out().println("  " + file.path() + "  " + FormattedValues.bytes(file.bytes())));
    }
}
