package io.millrace.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Millrace. Its {@link #kind()} says who can mend it, its message says where, what, which value, and what to do. A
 * secret never enters a message.
 */
public final class MillraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Who can mend it. */
    public enum Kind {
        /** What the user wrote or asked for. */
        USER,
        /** A plugin or a strategy. */
        PLUGIN,
        /** Another system: storage, a catalog, an entity server. */
        EXTERNAL,
        /** Millrace itself. */
        INTERNAL
    }

    private final Kind kind;
    private final transient List<Problem> problems;

    private MillraceException(Kind kind, String message, List<Problem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    /** The user's input is wrong. */
    public static MillraceException user(String message) {
        return new MillraceException(Kind.USER, message, List.of(), null);
    }

    /** The user's input is wrong, and this is why. */
    public static MillraceException user(String message, Throwable cause) {
        return new MillraceException(Kind.USER, message, List.of(), cause);
    }

    /** The user's input is wrong in all these places; the message has one line for each. */
    public static MillraceException user(List<Problem> problems) {
        return user(problems, null);
    }

    /** The user's input is wrong in all these places, and this is why; the message has one line for each place. */
    public static MillraceException user(List<Problem> problems, @Nullable Throwable cause) {
        String message = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return new MillraceException(Kind.USER, message, problems, cause);
    }

    /** A plugin or a strategy is missing, is not what it should be, or failed. */
    public static MillraceException plugin(String message, @Nullable Throwable cause) {
        return new MillraceException(Kind.PLUGIN, message, List.of(), cause);
    }

    /** Another system refused, failed or did not answer. */
    public static MillraceException external(String message, @Nullable Throwable cause) {
        return new MillraceException(Kind.EXTERNAL, message, List.of(), cause);
    }

    /** Millrace is at fault: a promise of its own does not hold. */
    public static MillraceException internal(String message, @Nullable Throwable cause) {
        return new MillraceException(Kind.INTERNAL, message, List.of(), cause);
    }

    /** Returns one of the same kind that says it in other words, and has this one as its cause. */
    public MillraceException saying(String message) {
        return new MillraceException(kind, message, List.of(), this);
    }

    /** Returns who can mend it. */
    public Kind kind() {
        return kind;
    }

    /** Returns the problems with their places; empty where the exception is not about a text. Empty after deserialisation. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Returns the message; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
