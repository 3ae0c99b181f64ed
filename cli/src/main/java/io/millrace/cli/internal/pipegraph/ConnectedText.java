package io.millrace.cli.internal.pipegraph;

import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.run.ConnectedPlan;
import io.millrace.run.ConnectedPlan.ConnectedEtl;
import io.millrace.workflow.ConnectedWorkflow;
import io.millrace.workflow.ConnectedWorkflow.ConnectedJob;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what a session knows about a plan: the columns each ETL writes, and what would fail. */
public final class ConnectedText {

    private ConnectedText() {}

    public static void print(ConnectedPlan plan, Terminal terminal) {
        print("", plan, terminal);
    }

    public static void print(ConnectedWorkflow workflow, Terminal terminal) {
        for (ConnectedJob job : workflow.jobs()) {
            print("job " + terminal.style().strong(job.job()) + ", ", job.plan(), terminal);
        }
    }

    private static void print(String of, ConnectedPlan plan, Terminal terminal) {
        Style style = terminal.style();
        for (ConnectedEtl etl : plan.etls()) {
            terminal.out().println();
            terminal.out().println(of + "ETL " + style.strong(etl.etl()) + " against the tables that are there");
            if (!etl.columns().isEmpty()) {
                terminal.out().println("  columns " + etl.columns());
            }
            etl.notes().forEach(note -> terminal.out().println("  " + note));
            etl.unknown().forEach(later -> terminal.out().println("  not known " + later.replace("\n", "\n  ")));
            etl.problems().forEach(problem -> terminal.out()
                    .println("  " + style.warning("problem: ") + problem.replace("\n", "\n  ")));
        }
    }

    public static void write(ConnectedPlan plan, PrintStream out) {
        write(Map.of(), plan, out);
    }

    public static void write(ConnectedWorkflow workflow, PrintStream out) {
        for (ConnectedJob job : workflow.jobs()) {
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("workflow", workflow.workflow());
            of.put("job", job.job());
            write(of, job.plan(), out);
        }
    }

    private static void write(Map<String, Object> of, ConnectedPlan plan, PrintStream out) {
        JsonLines lines = new JsonLines(out);
        for (ConnectedEtl etl : plan.etls()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "connected");
            fields.putAll(of);
            fields.put("etl", etl.etl());
            fields.put("columns", etl.columns());
            fields.put("notes", etl.notes());
            fields.put("problems", etl.problems());
            fields.put("unknown", etl.unknown());
            lines.write(fields);
        }
    }
}
