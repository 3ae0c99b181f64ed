package io.millrace.cli.internal.command;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.Location;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the user what went wrong, and where more about it is. */
public final class FailureReport {

    private final Terminal terminal;
    private final LogFile log;

    public FailureReport(Terminal terminal, LogFile log) {
        this.terminal = terminal;
        this.log = log;
    }

    /** Reports to a person; returns the exit code. */
    public ExitCode inText(Throwable failure, StackTrace stackTrace) {
        ExitCode code = exitCode(failure);
        Style style = terminal.errorStyle();
        List<Problem> problems = problems(failure);
        for (Problem problem : problems) {
            terminal.err().println(line(problem));
        }
        if (problems.isEmpty()) {
            terminal.err().println(style.bad("error: ") + message(failure, code));
        } else {
            terminal.err().println(style.bad(FormattedValues.count(problems.size(), "problem")));
        }
        if (stackTrace == StackTrace.SHOWN) {
            failure.printStackTrace(terminal.err());
        } else if (code == ExitCode.INTERNAL) {
            log.add(failure);
        }
        log.written().ifPresent(file -> terminal.err().println(style.faint("log: " + file)));
        return code;
    }

    /** Reports to a program; returns the exit code. */
    public ExitCode inJson(Throwable failure, StackTrace stackTrace) {
        ExitCode code = exitCode(failure);
        List<Map<String, Object>> lines = lines(failure);
        if (stackTrace == StackTrace.SHOWN) {
            failure.printStackTrace(terminal.err());
        } else if (code == ExitCode.INTERNAL) {
            log.add(failure);
        }
        log.written().ifPresent(file -> lines.get(lines.size() - 1).put("log", file.toString()));
        lines.forEach(new JsonLines(terminal.out())::write);
        return code;
    }

    /** Returns what a program is told: a line for each problem, and one for the failure, which may be added to. */
    static List<Map<String, Object>> lines(Throwable failure) {
        List<Map<String, Object>> lines = new ArrayList<>();
        List<Problem> problems = problems(failure);
        for (Problem problem : problems) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "problem");
            problem.location().ifPresent(place -> put(place, fields));
            fields.put("path", problem.path());
            fields.put("message", problem.message());
            lines.add(fields);
        }
        ExitCode code = exitCode(failure);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "failure");
        fields.put("kind", code.name().toLowerCase(Locale.ROOT));
        fields.put("exit_code", code.number());
        fields.put(
                "message",
                problems.isEmpty() ? message(failure, code) : FormattedValues.count(problems.size(), "problem"));
        lines.add(fields);
        return lines;
    }

    /** Whether stack traces are shown. */
    public enum StackTrace {
        SHOWN,
        HIDDEN
    }

    private static ExitCode exitCode(Throwable failure) {
        return failure instanceof MillraceException ours ? ExitCode.of(ours.kind()) : ExitCode.INTERNAL;
    }

    private static List<Problem> problems(Throwable failure) {
        return failure instanceof MillraceException ours ? ours.problems() : List.of();
    }

    private static String message(Throwable failure, ExitCode code) {
        if (code != ExitCode.INTERNAL) {
            return String.valueOf(failure.getMessage());
        }
        String what = failure instanceof MillraceException ? String.valueOf(failure.getMessage()) : failure.toString();
        return what + "\nThis is an error in Millrace itself; please report it with its stack trace.";
    }

    private String line(Problem problem) {
        Style style = terminal.errorStyle();
        Optional<Location> place = problem.location();
        String where = place.map(at -> style.place(at.toString()) + "  ").orElse("");
        String path = problem.path().isEmpty() ? "" : style.strong(problem.path()) + ": ";
        return where + path + problem.message();
    }

    private static void put(Location place, Map<String, Object> fields) {
        fields.put("file", place.file());
        if (place.line() > 0) {
            fields.put("line", place.line());
        }
        if (place.column() > 0) {
            fields.put("column", place.column());
        }
    }
}
