package io.millrace.workflow;

import io.millrace.config.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How jobs wait for each other. Stateless. */
public final class JobGraph {

    private static final int FEW = 20;

    private JobGraph() {}

    /**
     * A job, as far as order goes.
     *
     * @param name may be blank where it could not be read; such a job is waited for by none
     * @param after names of the jobs it waits for
     */
    public record Node(String name, Collection<String> after) {

        /** Copies the collection. */
        public Node {
            after = List.copyOf(after);
        }
    }

    /**
     * Something that is wrong.
     *
     * @param job the index of the job at fault
     * @param dependency the job it should not wait for, or null where its name is at fault
     * @param message what is wrong and what to do
     */
    public record Fault(int job, @Nullable String dependency, String message) {

        /** Returns the job it should not wait for; empty where its name is at fault. */
        public Optional<String> waitsFor() {
            return Optional.ofNullable(dependency);
        }
    }

    /** Finds two jobs of one name, jobs that wait for one there is not, and circles of jobs that wait for each other. */
    public static List<Fault> faults(List<Node> nodes) {
        List<Fault> faults = new ArrayList<>();
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            String name = nodes.get(i).name();
            if (!name.isBlank() && byName.putIfAbsent(name, i) != null) {
                faults.add(new Fault(i, null, "two jobs are named \"" + name + "\"; rename one"));
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (String dependency : nodes.get(i).after()) {
                if (!byName.containsKey(dependency)) {
                    faults.add(new Fault(
                            i,
                            dependency,
                            "no job is named \"" + dependency + "\"; " + meant(dependency, byName.keySet())));
                }
            }
        }
        circles(nodes, byName).forEach(circle -> {
            String first = circle.get(0);
            String next = circle.size() == 1 ? first : circle.get(1);
            int job = byName.getOrDefault(first, 0);
            faults.add(new Fault(job, next, "jobs wait for each other in a circle: " + closed(circle)));
        });
        return faults;
    }

    /** Returns the jobs in an order in which each comes after those it waits for, and as written where that is free. */
    static List<Job> ordered(List<Job> jobs) {
        List<Job> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        List<Job> left = new ArrayList<>(jobs);
        while (!left.isEmpty()) {
            List<Job> free =
                    left.stream().filter(job -> done.containsAll(job.after())).toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("a workflow without problems has no circles");
            }
            free.forEach(job -> done.add(job.name()));
            ordered.addAll(free);
            left.removeIf(job -> done.contains(job.name()));
        }
        return ordered;
    }

    /** Takes away what can run until only circles, and what waits for them, are left; then one circle; and so on. */
    private static List<List<String>> circles(List<Node> nodes, Map<String, Integer> byName) {
        Map<String, Set<String>> left = new LinkedHashMap<>();
        byName.forEach((name, index) -> {
            Set<String> after = new LinkedHashSet<>(nodes.get(index).after());
            after.retainAll(byName.keySet());
            left.put(name, after);
        });
        List<List<String>> circles = new ArrayList<>();
        while (true) {
            takeFree(left);
            if (left.isEmpty()) {
                return circles;
            }
            List<String> circle = circle(left);
            circles.add(circle);
            circle.forEach(left::remove);
            left.values().forEach(after -> after.retainAll(left.keySet()));
        }
    }

    /** Takes away jobs that wait for nothing, and those that wait for nothing else, and so on. */
    private static void takeFree(Map<String, Set<String>> left) {
        Map<String, List<String>> waiting = new HashMap<>();
        Deque<String> free = new ArrayDeque<>();
        left.forEach((name, after) -> {
            after.forEach(other ->
                    waiting.computeIfAbsent(other, none -> new ArrayList<>()).add(name));
            if (after.isEmpty()) {
                free.add(name);
            }
        });
        while (!free.isEmpty()) {
            String done = free.remove();
            left.remove(done);
            for (String name : waiting.getOrDefault(done, List.of())) {
                left.computeIfPresent(name, (same, after) -> {
                    after.remove(done);
                    if (after.isEmpty()) {
                        free.add(name);
                    }
                    return after;
                });
            }
        }
    }

    /** Walks from job to job until one comes again; begins with the one of the circle that is written first. */
    private static List<String> circle(Map<String, Set<String>> left) {
        List<String> walk = new ArrayList<>();
        String at = left.keySet().iterator().next();
        while (!walk.contains(at)) {
            walk.add(at);
            at = left.getOrDefault(at, Set.of()).iterator().next();
        }
        List<String> circle = walk.subList(walk.indexOf(at), walk.size());
        List<String> written = List.copyOf(left.keySet());
        int first = 0;
        for (int i = 1; i < circle.size(); i++) {
            if (written.indexOf(circle.get(i)) < written.indexOf(circle.get(first))) {
                first = i;
            }
        }
        List<String> turned = new ArrayList<>(circle.subList(first, circle.size()));
        turned.addAll(circle.subList(0, first));
        return turned;
    }

    private static String closed(List<String> circle) {
        return String.join(" -> ", circle) + " -> " + circle.get(0) + "; let one of them not wait";
    }

    private static String meant(String dependency, Set<String> known) {
        if (known.size() <= FEW) {
            return Suggestion.among(dependency, known);
        }
        return Suggestion.nearest(dependency, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("there are " + known.size() + " others");
    }
}
