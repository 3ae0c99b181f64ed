package io.millrace.workflow;

import io.millrace.config.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener heard, in order. */
final class Events implements WorkflowListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void workflowStarted(String run, Set<String> doneBefore) {
        heard.add("workflow, done before: " + new TreeSet<>(doneBefore));
    }

    @Override
    public void jobStarted(String job, int attempt) {
        heard.add(job + " attempt " + attempt);
    }

    @Override
    public void jobWillBeRetried(String job, int attempt, MillraceException failure, Duration pause) {
        heard.add(job + " failed, again after " + pause.toMillis() + " ms: " + failure.getMessage());
    }

    @Override
    public void jobEnded(JobResult result) {
        heard.add(result.job() + " " + result.status());
    }
}
