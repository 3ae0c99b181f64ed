package io.millrace.cli.internal.pipegraph;

import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Find everything that is wrong with a pipegraph, at once. Reads no data and opens no connection.")
public final class CheckCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PipegraphPlan plan = pipegraph.plan();
        if (output.json()) {
            inJson(plan);
        } else {
            inText(plan);
        }
    }

    private void inText(PipegraphPlan plan) {
        Style style = terminal.style();
        plan.warnings().forEach(warning -> terminal.out().println(style.warning("warning: ") + warning));
        String size = FormattedValues.count(plan.etls().size(), "ETL") + ", "
                + FormattedValues.count(plan.pipegraph().models().size(), "model");
        terminal.out()
                .println(style.good("nothing is wrong") + " with pipegraph "
                        + style.strong(plan.pipegraph().name()) + " (" + size + ")");
        terminal.out().println("next: " + pipegraph.command("plan"));
    }

    private void inJson(PipegraphPlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "check");
        fields.put("file", pipegraph.file().toString());
        fields.put("pipegraph", plan.pipegraph().name());
        fields.put("etls", plan.etls().size());
        fields.put("models", plan.pipegraph().models().size());
        fields.put("warnings", plan.warnings());
        new JsonLines(terminal.out()).write(fields);
    }
}
