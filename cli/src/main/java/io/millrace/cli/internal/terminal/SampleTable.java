package io.millrace.cli.internal.terminal;

import io.millrace.cli.internal.terminal.AlignedTable.Align;
import io.millrace.run.DeadLetterSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters in short, a line each: what is wrong, where it comes from, how it begins. */
public final class SampleTable {

    private static final int MOST = 40;
    private static final int MOST_OF_A_REASON = 60;

    private SampleTable() {}

    public static List<String> lines(List<DeadLetterSample> samples, Style style) {
        AlignedTable table = new AlignedTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT);
        samples.forEach(sample -> table.row(
                sample.stage(),
                sample.reasonCode(),
                ending(sample.from()),
                sentence(sample.reason()),
                style.faint(beginning(sample.value(), MOST))));
        return table.lines();
    }

    /** Of a file the end tells more. */
    private static String ending(@Nullable String from) {
        String line = line(from);
        return line.length() <= MOST ? line : "…" + line.substring(line.length() - MOST + 1);
    }

    /** Words stay whole. */
    private static String sentence(@Nullable String reason) {
        String line = line(reason);
        int blank = line.length() <= MOST_OF_A_REASON ? 0 : line.lastIndexOf(' ', MOST_OF_A_REASON - 1);
        return blank > 0 ? line.substring(0, blank) + "…" : beginning(line, MOST_OF_A_REASON);
    }

    private static String beginning(@Nullable String text, int most) {
        String line = line(text);
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    /** What producers send may hold line breaks, and commands for terminals. */
    private static String line(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
    }
}
