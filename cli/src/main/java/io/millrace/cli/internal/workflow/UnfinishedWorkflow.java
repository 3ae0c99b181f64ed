package io.millrace.cli.internal.workflow;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;

/** Tells a person what a run that failed or was stopped has committed, and what another run would do. */
final class UnfinishedWorkflow {

    private static final int MOST_NAMES = 8;

    private final WorkflowResult result;
    private final String command;

    /** @param command what a person types for another run */
    UnfinishedWorkflow(WorkflowResult result, String command) {
        this.result = result;
        this.command = command;
    }

    /** Returns the lines, without an end of line. */
    List<String> lines(boolean remembered) {
        return List.of("committed: " + committed(), "next: " + command + (remembered ? continued() : repeated()));
    }

    private String committed() {
        List<JobResult> parts =
                left().stream().filter(job -> !job.commits().isEmpty()).toList();
        List<String> all = new ArrayList<>();
        if (!done().isEmpty()) {
            all.add(names(done()));
        }
        if (!parts.isEmpty()) {
            all.add("a part of " + names(parts));
        }
        return all.isEmpty() ? "nothing" : String.join(", and ", all);
    }

    private String continued() {
        return " continues it: runs " + names(left()) + (done().isEmpty() ? "" : ", and not again " + names(done()));
    }

    private String repeated() {
        boolean committed =
                result.jobs().stream().anyMatch(job -> !job.commits().isEmpty());
        return " runs every job again"
                + (committed ? ", and what was appended comes twice" : "")
                + "; with a state folder (state = FOLDER in the workflow, or --state) it would run "
                + names(left());
    }

    private List<JobResult> done() {
        return result.jobs().stream().filter(JobResult::done).toList();
    }

    private List<JobResult> left() {
        return result.jobs().stream().filter(job -> !job.done()).toList();
    }

    private static String names(List<JobResult> jobs) {
        if (jobs.size() > MOST_NAMES) {
            return FormattedValues.count(jobs.size(), "job");
        }
        List<String> names = jobs.stream().map(JobResult::job).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
