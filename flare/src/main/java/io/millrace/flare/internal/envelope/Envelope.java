package io.millrace.flare.internal.envelope;

import io.millrace.workflow.Job;
import java.util.List;

/** One document: a workflow's name, what it is for, and those of its jobs that could be read. */
record Envelope(String name, String description, List<Job> jobs) {

    static final Envelope NOTHING = new Envelope("workflow", "", List.of());

    Envelope {
        jobs = List.copyOf(jobs);
    }
}
