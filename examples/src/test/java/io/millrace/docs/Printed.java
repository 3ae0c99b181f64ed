package io.millrace.docs;

import java.util.List;

/** Compares what a page shows of an output with what is printed. */
final class Printed {

    private Printed() {}

    /** A line {@code …} stands for any lines; times and ids of runs are as they happen to be. */
    static boolean matches(List<String> shown, List<String> printed) {
        if (shown.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).strip().equals("…")) {
            return matches(rest, printed) || (!printed.isEmpty() && matches(shown, printed.subList(1, printed.size())));
        }
        return !printed.isEmpty()
                && plain(shown.get(0)).equals(plain(printed.get(0)))
                && matches(rest, printed.subList(1, printed.size()));
    }

    private static String plain(String line) {
        return line.replaceAll("(run|workflow)-\\d{8}-\\d{6}-[0-9a-f]{6}", "RUN")
                .replaceAll("\\d+ min \\d+ s|\\d+(\\.\\d+)? s\\b", "TIME")
                .replaceAll("(seconds-\\w+) [\\d.]+", "$1 TIME")
                .stripTrailing();
    }
}
