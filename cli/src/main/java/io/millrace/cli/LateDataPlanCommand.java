package io.millrace.cli;

import io.millrace.cli.AlignedTable.Align;
import io.millrace.latedata.DueSlice;
import io.millrace.latedata.LateDataRunner;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description = "What late-data run would run now, and why; what it would leave out, and why. Runs nothing.")
final class LateDataPlanCommand implements Runnable {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    LateDataPlanCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        PipegraphPlan plan = pipegraph.plan();
        try (ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            progress.show("starting Spark");
            try (LateDataRunner runner =
                    new LateDataRunner(spark.open(environment.sessions()), plan, SliceListener.NONE)) {
                progress.show("looking for late data");
                List<DueSlice> due = runner.due();
                progress.hide();
                show(plan, due);
            }
        }
    }

    private void show(PipegraphPlan plan, List<DueSlice> due) {
        Terminal terminal = environment.terminal();
        if (output.json()) {
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
                                : ValueText.count(run, "slice") + " to be run: " + pipegraph.command("late-data run"));
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
