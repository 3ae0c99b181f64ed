package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.PipegraphCommand;
import io.millrace.cli.internal.terminal.AlignedTable;
import io.millrace.cli.internal.terminal.AlignedTable.Align;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.latedata.DueSlice;
import io.millrace.latedata.LateDataRunner;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "plan",
        description = "What late-data run would run now, and why; what it would leave out, and why. Runs nothing.")
final class LateDataPlanCommand extends PipegraphCommand {

    LateDataPlanCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        try (LateDataRunner runner = new LateDataRunner(session, plan, SliceListener.NONE)) {
            progress.show("looking for late data");
            List<DueSlice> due = runner.due();
            progress.hide();
            show(plan, due);
        }
    }

    private void show(PipegraphPlan plan, List<DueSlice> due) {
        Terminal terminal = terminal();
        if (json()) {
            JsonLines lines = new JsonLines(terminal.out());
            due.forEach(each -> lines.write(fields(plan, each)));
            return;
        }
        lines(due, terminal.style()).forEach(terminal.out()::println);
        long run = due.stream().filter(each -> each.due().run()).count();
        terminal.out()
                .println(
                        run == 0
                                ? "nothing is to be run"
                                : FormattedValues.count(run, "slice") + " to be run: "
                                        + pipegraph().command("late-data run"));
    }

    static Map<String, Object> fields(PipegraphPlan plan, DueSlice due) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "due");
        fields.put("pipegraph", plan.pipegraph().name());
        fields.put("slice", due.slice().toString());
        fields.put("name", due.name());
        fields.put("due", word(due));
        fields.put("run", due.due().run());
        fields.put("reason", due.reason());
        return fields;
    }

    static List<String> lines(List<DueSlice> due, Style style) {
        AlignedTable table = new AlignedTable(Align.LEFT, Align.LEFT, Align.LEFT);
        due.forEach(each -> table.row(
                each.name(), each.due().run() ? style.strong(word(each)) : style.faint(word(each)), each.reason()));
        return table.lines();
    }

    private static String word(DueSlice due) {
        return due.due().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
