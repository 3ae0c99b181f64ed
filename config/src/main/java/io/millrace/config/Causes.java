package io.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why something failed: a failure, its cause, the cause of that, and so on. */
public final class Causes {

    private Causes() {}

    /** Returns the failure and all its causes, from the outside in; each once, where they go in a circle. */
    public static List<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Returns the first of them that is of a type. */
    public static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
        return of(thrown).stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
