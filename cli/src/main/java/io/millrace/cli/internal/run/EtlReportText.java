package io.millrace.cli.internal.run;

import io.millrace.cli.internal.command.DetailOption.Detail;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.SampleTable;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.WrappedText;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.OutputNumbers;
import io.millrace.spi.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a person what an ETL did. */
public final class EtlReportText {

    private static final String INDENT = "    ";

    private final PipegraphPlan plan;
    private final Style style;
    private final Detail detail;

    public EtlReportText(PipegraphPlan plan, Style style, Detail detail) {
        this.plan = plan;
        this.style = style;
        this.detail = detail;
    }

    public List<String> lines(EtlResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(result.etl()) + "  " + FormattedValues.batches(result.batches()) + " in "
                + FormattedValues.duration(result.duration()));
        for (InputNumbers input : result.inputs()) {
            String bad = input.undecodable() == 0
                    ? ""
                    : ", " + style.warning(FormattedValues.number(input.undecodable()) + " undecodable");
            lines.add("  read " + FormattedValues.count(input.read(), "record") + " from " + input.view() + bad);
        }
        result.outputs().forEach(output -> output(result, output, lines));
        if (result.deadLetters() > 0) {
            String model = planned(plan, result)
                    .deadLetters()
                    .map(PlannedOutput::output)
                    .orElseThrow()
                    .model();
            lines.add(
                    "  " + style.warning(FormattedValues.count(result.deadLetters(), "dead letter")) + " in " + model);
            SampleTable.lines(result.samples(), style).forEach(line -> lines.add(INDENT + line));
        }
        return lines;
    }

    /** Returns the plan of the ETL that a result is of. */
    static EtlPlan planned(PipegraphPlan plan, EtlResult result) {
        return plan.etls().stream()
                .filter(etl -> etl.name().equals(result.etl()))
                .findFirst()
                .orElseThrow();
    }

    /** Writes figures by name in a line. */
    public static String details(Map<String, Object> details) {
        return details.entrySet().stream()
                .map(detail -> detail.getKey() + " "
                        + (detail.getValue() instanceof Long number
                                ? FormattedValues.number(number)
                                : detail.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void output(EtlResult result, OutputNumbers output, List<String> lines) {
        lines.add("  wrote " + style.strong(output.model()) + ": " + fates(output.counts()));
        planned(plan, result).outputs().stream()
                .filter(planned -> planned.output().model().equals(output.model()))
                .forEach(
                        planned -> lines.add(INDENT + style.faint(planned.sink().description())));
        if (output.replayed() > 0) {
            lines.add(INDENT + FormattedValues.batches(output.replayed()) + " found committed by an earlier attempt");
        }
        output.expectations().forEach((name, rows) -> {
            if (rows > 0) {
                lines.add(INDENT + style.warning(name + " not met by " + FormattedValues.count(rows, "row")));
            }
        });
        lines.addAll(figures(result, output));
        output.warnings().forEach(warning -> lines.add(INDENT + style.warning("warning: ") + warning));
    }

    private List<String> figures(EtlResult result, OutputNumbers output) {
        List<Map<String, Object>> details = output.details();
        Map<String, Object> last = details.isEmpty() ? Map.of() : details.get(details.size() - 1);
        List<String> lines = new ArrayList<>();
        for (PlannedOutput planned : planned(plan, result).outputs()) {
            if (planned.output().model().equals(output.model())) {
                planned.sink().summary(details).forEach(line -> lines.addAll(WrappedText.lines(INDENT, line)));
            }
        }
        if (!last.isEmpty() && (lines.isEmpty() || detail == Detail.FIGURES)) {
            lines.addAll(WrappedText.lines(INDENT, (result.batches() > 1 ? "last batch: " : "") + details(last)));
        }
        return lines;
    }

    private static String fates(Counts counts) {
        List<String> fates = new ArrayList<>();
        fates.add(FormattedValues.count(counts.committed(), "row") + " committed");
        add(counts.dropped(), "dropped", fates);
        add(counts.deadLettered(), "dead-lettered", fates);
        add(counts.stale(), "stale", fates);
        add(counts.collapsed(), "collapsed", fates);
        return String.join(", ", fates);
    }

    private static void add(long rows, String fate, List<String> fates) {
        if (rows > 0) {
            fates.add(FormattedValues.number(rows) + " " + fate);
        }
    }
}
