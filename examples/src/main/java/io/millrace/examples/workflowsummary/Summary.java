package io.millrace.examples.workflowsummary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is summed up of something that began: a session of an application, or a part of one. What happens in a part happens in the whole, too. It says
 * of whom and of what it is by its first event.
 */
final class Summary {

    private static final long IDLE_SECONDS = 600;

    private final TelemetryEvent first;
    private final String type;
    private final String mode;
    private final Measuring measuring;
    private final List<Summary> parts = new ArrayList<>();
    private final List<ClosedSummary> closed = new ArrayList<>();
    private final Map<String, Integer> events = new LinkedHashMap<>();
    private final List<TelemetryEvent> answers = new ArrayList<>();
    private final List<PageVisit> visits = new ArrayList<>();
    private @Nullable Summary whole;
    private TelemetryEvent last;
    private boolean open = true;
    private long start;
    private long end;
    private long previous;
    private double seconds;
    private int interactions;

    private Summary(TelemetryEvent first, String type, String mode, Measuring measuring) {
        this.first = first;
        this.last = first;
        this.type = type;
        this.mode = mode;
        this.measuring = measuring;
        this.start = first.time();
        this.previous = first.time();
        count(first);
        if (measuring == Measuring.CORRECTED && first.showsPage()) {
            visits.add(new PageVisit(first));
        }
    }

    /** Begins one of the type that an event names; of an application where it names none. */
    static Summary of(TelemetryEvent first, Measuring measuring) {
        String type =
                first.type().isEmpty() ? Workflow.APPLICATION : first.type().toLowerCase(Locale.ROOT);
        return new Summary(first, type, first.mode(), measuring);
    }

    /** Begins one of an application, whatever the event is. */
    static Summary ofApplication(TelemetryEvent first, String mode, Measuring measuring) {
        return new Summary(first, Workflow.APPLICATION, mode, measuring);
    }

    /** Takes part in another one, which has its first event, too. */
    void attachTo(Summary whole) {
        this.whole = whole;
        whole.parts.add(this);
        whole.add(first);
    }

    /** Adds what happened next, here and in the whole. */
    void add(TelemetryEvent event) {
        if (start == 0) {
            start = event.time();
        }
        double passed = (event.time() - previous) / 1000.0;
        previous = event.time();
        seconds += passed > IDLE_SECONDS ? 0 : rounded(passed);
        count(event);
        stay(passed);
        if (event.showsPage()) {
            if (measuring == Measuring.LEGACY) {
                stay(passed);
            }
            visits.add(new PageVisit(event));
        }
        if (event.answer() != null) {
            answers.add(event);
        }
        end = event.time();
        last = event;
        if (whole != null) {
            whole.add(event);
        }
    }

    private void count(TelemetryEvent event) {
        events.merge(event.eid(), 1, Integer::sum);
        if (event.isInteraction()) {
            interactions++;
        }
    }

    /** Notes that the page that was shown last is shown still. */
    private void stay(double passed) {
        if (!visits.isEmpty()) {
            visits.get(visits.size() - 1).stay(passed);
        }
    }

    /** Closes it with all its parts. Where no time was spent, nothing is said of it, nor of them. */
    void close() {
        parts.stream().filter(Summary::isOpen).forEach(Summary::close);
        if (seconds > 0) {
            parts.forEach(part -> closed.addAll(part.closed));
            closed.add(new ClosedSummary(
                    first,
                    last,
                    type,
                    mode,
                    start,
                    end,
                    rounded(seconds),
                    interactions,
                    new LinkedHashMap<>(events),
                    List.copyOf(answers),
                    List.copyOf(visits)));
        }
        open = false;
    }

    /** Returns what was closed of it and its parts. */
    List<ClosedSummary> closed() {
        return closed;
    }

    /** Forgets all that was measured, here and in the parts, and goes on. */
    void reopen() {
        start = 0;
        end = 0;
        seconds = 0;
        interactions = 0;
        events.clear();
        answers.clear();
        visits.clear();
        closed.clear();
        open = true;
        parts.forEach(Summary::reopen);
    }

    boolean isOpen() {
        return open;
    }

    @Nullable
    Summary whole() {
        return whole;
    }

    /** Returns the whole of all, or itself. */
    Summary outermost() {
        Summary outermost = this;
        while (outermost.whole != null) {
            outermost = outermost.whole;
        }
        return outermost;
    }

    boolean isOf(String wantedType, String wantedMode) {
        return type.equalsIgnoreCase(wantedType) && mode.equals(wantedMode);
    }

    boolean isOfInAnyCase(String wantedType, String wantedMode) {
        return type.equalsIgnoreCase(wantedType) && mode.equalsIgnoreCase(wantedMode);
    }

    boolean hasMode(String wanted) {
        return mode.equals(wanted);
    }

    /** Returns whether another one cannot be told from it. */
    boolean isLike(@Nullable Summary other) {
        return other != null && other.isOfInAnyCase(type, mode) && other.start == start;
    }

    static double rounded(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    @Override
    public String toString() {
        return type + (mode.isEmpty() ? "" : " " + mode) + " of "
                + Objects.toString(first.context().session(), "");
    }
}
