package io.millrace.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs that have not begun, and what each of them waits for. Used by one thread. */
final class JobQueue {

    private final Map<PlannedJob, Set<String>> waiting = new LinkedHashMap<>();

    /** All jobs, in the plan's order. */
    JobQueue(List<PlannedJob> jobs) {
        jobs.forEach(job -> waiting.put(job, new LinkedHashSet<>(job.job().after())));
    }

    /** Takes out those that wait for nothing. */
    List<PlannedJob> takeReady() {
        List<PlannedJob> ready = new ArrayList<>();
        waiting.forEach((job, others) -> {
            if (others.isEmpty()) {
                ready.add(job);
            }
        });
        ready.forEach(waiting::remove);
        return ready;
    }

    /** A job is done: nothing waits for it any more. */
    void done(String job) {
        waiting.keySet().removeIf(each -> each.name().equals(job));
        waiting.values().forEach(others -> others.remove(job));
    }

    /** A job failed: takes out those that wait for it, and those that wait for them. */
    List<String> takeThoseAfter(String failed) {
        Set<String> lost = new LinkedHashSet<>(Set.of(failed));
        List<String> taken = new ArrayList<>();
        // The plan's order: a job comes after all that it waits for.
        waiting.forEach((job, others) -> {
            if (others.stream().anyMatch(lost::contains)) {
                lost.add(job.name());
                taken.add(job.name());
            }
        });
        waiting.keySet().removeIf(job -> lost.contains(job.name()));
        return taken;
    }

    /** Takes out all. */
    List<String> takeAll() {
        List<String> all = waiting.keySet().stream().map(PlannedJob::name).toList();
        waiting.clear();
        return all;
    }
}
