package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.terminal.Style;
import io.millrace.slices.SliceEntry;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The dates of slices as a calendar: a line for each month, a sign for each day. */
final class SliceCalendar {

    private static final String LEGEND = "  # done  x failed  > running  o waiting  . not run";

    private SliceCalendar() {}

    /** Returns nothing where slices are not dates, or are all of one month and few. */
    static List<String> lines(List<SliceEntry> entries, Style style) {
        SortedMap<LocalDate, SliceEntry> days = new TreeMap<>();
        entries.forEach(entry -> entry.slice().date().ifPresent(date -> days.put(date, entry)));
        if (days.size() < entries.size() || days.size() < 2) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "         1234567890123456789012345678901"));
        YearMonth last = YearMonth.from(days.lastKey());
        for (YearMonth month = YearMonth.from(days.firstKey()); !month.isAfter(last); month = month.plusMonths(1)) {
            StringBuilder line = new StringBuilder(month + "  ");
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                LocalDate date = month.atDay(day);
                SliceEntry entry = days.get(date);
                boolean within = !date.isBefore(days.firstKey()) && !date.isAfter(days.lastKey());
                line.append(entry == null ? (within ? style.faint(".") : " ") : sign(entry, style));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(style.faint(LEGEND.strip()));
        return lines;
    }

    private static String sign(SliceEntry entry, Style style) {
        return switch (entry.state()) {
            case DONE -> style.good("#");
            case FAILED -> style.bad("x");
            case RUNNING -> style.warning(">");
            case WAITING -> style.warning("o");
        };
    }
}
