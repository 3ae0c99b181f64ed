package io.millrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes, and how.
 *
 * @param out results; UTF-8 whatever the locale says
 * @param err progress and errors
 * @param style how results and errors look
 * @param columns the width lines are cut to; {@link #UNLIMITED} where nobody looks
 * @param progress how progress is shown
 */
record Terminal(PrintStream out, PrintStream err, Style style, int columns, Progress progress) {

    /** No width. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** How progress is shown. */
    enum Progress {
        /** One line, redrawn in place. */
        REDRAWN,
        /** A line now and then. */
        LINES
    }

    /** The process's own streams, as the launcher (which can ask the operating system) and the environment describe them. */
    static Terminal ofProcess(Map<String, String> environment) {
        String width = System.getProperty("millrace.columns");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean plain = width == null
                || dumb
                || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean redraw = "redraw".equals(System.getProperty("millrace.progress")) && !dumb;
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                plain ? Style.PLAIN : Style.COLOURED,
                columns(width),
                redraw ? Progress.REDRAWN : Progress.LINES);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int columns(@org.jspecify.annotations.Nullable String width) {
        if (width == null) {
            return UNLIMITED;
        }
        return width.matches("[1-9]\\d{1,5}") ? Integer.parseInt(width) : 80;
    }
}
