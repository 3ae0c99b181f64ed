package io.millrace.cli.internal.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Where a command writes, and how.
 *
 * @param out results; UTF-8 whatever the locale says
 * @param err progress and errors
 * @param style how results look
 * @param errorStyle how errors look
 * @param progress how progress is shown
 * @param columns the width of the terminal; {@link #UNLIMITED} where there is none
 */
public record Terminal(
        PrintStream out, PrintStream err, Style style, Style errorStyle, Progress progress, int columns) {

    /** No width. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** How progress is shown. */
    public enum Progress {
        /** One line, redrawn in place. */
        REDRAWN,
        /** A line now and then. */
        LINES
    }

    /** The process's own streams, as the environment and the launcher, which can ask the operating system, describe them. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        Set<String> terminals = dumb
                ? Set.of()
                : Set.of(System.getProperty("millrace.terminals", "").split(","));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals.contains("out") && !plain ? Style.COLOURED : Style.PLAIN,
                terminals.contains("err") && !plain ? Style.COLOURED : Style.PLAIN,
                terminals.contains("err") ? Progress.REDRAWN : Progress.LINES,
                columns(System.getProperty("millrace.columns", "")));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int columns(String width) {
        return width.matches("[1-9]\\d{1,5}") ? Integer.parseInt(width) : UNLIMITED;
    }
}
