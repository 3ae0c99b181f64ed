package io.millrace.examples.workflowsummary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does with one application on one device, event by event in the order of time, as a tree of {@link Summary}: sessions of the
 * application, and their parts. The rules are those of the work-flow summariser of Project Sunbird.
 */
final class Workflow {

    /** The type of the outermost part. */
    static final String APPLICATION = "app";

    private static final long BREAK_MILLIS = 30 * 60 * 1000;

    private final Measuring measuring;
    private final Set<ClosedSummary> said = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ClosedSummary> summaries = new ArrayList<>();
    private @Nullable Summary root;
    private @Nullable Summary current;
    private @Nullable TelemetryEvent before;

    Workflow(Measuring measuring) {
        this.measuring = measuring;
    }

    /** Takes the next event. */
    void add(TelemetryEvent event) {
        breakBefore(event);
        before = event;
        if (event.starts()) {
            start(event);
        } else if (event.ends()) {
            end(event);
        } else {
            happen(event);
        }
    }

    /** Returns the summaries that are closed by now, and forgets them. */
    List<ClosedSummary> takeClosed() {
        List<ClosedSummary> taken = List.copyOf(summaries);
        summaries.clear();
        return taken;
    }

    /** Closes what is open; no event comes any more. */
    void end() {
        if (current != null && current.isOpen()) {
            current.close();
            say(current);
        }
        if (root != null && root.isOpen()) {
            root.close();
            say(root);
        }
    }

    private void say(Summary summary) {
        summary.closed().stream().filter(said::add).forEach(summaries::add);
    }

    /** After a long pause the same summaries begin anew. */
    private void breakBefore(TelemetryEvent event) {
        if (before == null || current == null || !current.isOpen()) {
            return;
        }
        if (event.time() - before.time() > BREAK_MILLIS && !event.type().equalsIgnoreCase(APPLICATION)) {
            Summary outermost = current.outermost();
            outermost.close();
            say(outermost);
            outermost.reopen();
            root = outermost;
        }
    }

    private void start(TelemetryEvent event) {
        if (root == null || current == null || !root.isOpen()) {
            begin(event);
            return;
        }
        Summary same = current;
        while (same != null && !same.isOf(type(event), event.mode())) {
            same = same.whole();
        }
        Summary next = Summary.of(event, measuring);
        if (same == null) {
            if (current.isOpen()) {
                next.attachTo(current);
            }
        } else {
            same.close();
            if (same.whole() != null) {
                say(same);
                next.attachTo(same.whole());
            } else {
                say(current.whole() == null ? current : current.whole());
                if (!root.isOpen()) {
                    say(root);
                    root = next;
                }
            }
        }
        current = next;
    }

    private void begin(TelemetryEvent event) {
        Summary begun = Summary.of(event, measuring);
        if (type(event).equalsIgnoreCase(APPLICATION)) {
            root = begun;
        } else {
            root = Summary.ofApplication(event, "", measuring);
            begun.attachTo(root);
        }
        current = begun;
    }

    private void end(TelemetryEvent event) {
        Summary ended = current;
        while (ended != null && !ended.isOfInAnyCase(type(event), event.mode())) {
            ended = ended.whole();
        }
        if (ended == null || current == null) {
            return;
        }
        Summary next = ended.whole() == null ? ended : ended.whole();
        if (!ended.hasMode(event.mode())) {
            next = current.outermost();
        }
        if (next.isLike(current.whole())) {
            if (current.isOpen()) {
                end(current, event);
                current = next;
            }
        } else if (root != null && next.isLike(root)) {
            if (ended.isLike(root)) {
                end(root, event);
                current = root;
            } else if (ended.isOpen()) {
                end(ended, event);
                current = next;
            }
        } else {
            if (current.isOpen()) {
                end(current, event);
            }
            current = next;
        }
    }

    private void end(Summary summary, TelemetryEvent event) {
        summary.add(event);
        summary.close();
        say(summary);
    }

    private void happen(TelemetryEvent event) {
        if (current != null && current.isOpen()) {
            current.add(event);
            return;
        }
        current = Summary.ofApplication(event, event.mode(), measuring);
        if (root == null || !root.isOpen()) {
            root = current;
        }
    }

    private static String type(TelemetryEvent event) {
        return event.type().isEmpty() ? APPLICATION : event.type();
    }
}
