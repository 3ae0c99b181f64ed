package io.millrace.run;

import java.util.Optional;

/** What a run does about an earlier batch run of the same slice that did not finish. Streams continue by themselves, whatever is chosen. */
public sealed interface Start {

    /** Returns the id of the run that is asked for; empty where the choice is left to what is known of earlier runs. */
    Optional<String> run();

    /** Begins a new run; where an earlier one did not finish, refuses, and says what there is to choose from. */
    record RefuseUnfinished() implements Start {
        @Override
        public Optional<String> run() {
            return Optional.empty();
        }
    }

    /**
     * Continues a run that did not finish: what it committed is not written again. Refuses where there is none.
     *
     * @param run its id; empty for the last one that did not finish
     */
    record ResumeUnfinished(Optional<String> run) implements Start {}

    /**
     * Leaves runs that did not finish, and writes everything as a new run; what they wrote without committing it is removed.
     *
     * @param run the id of the new run; empty for one that is made up
     */
    record LeaveUnfinished(Optional<String> run) implements Start {}

    /**
     * Does nothing about other runs: this one has an id that is given. Where a run of that id was begun before, in this process or, as far as there is
     * a state folder, in another one, it is continued: what it committed is not written again. Who gives an id gives it to one run only.
     *
     * @param id not blank
     */
    record Named(String id) implements Start {

        /** Refuses a blank id. */
        public Named {
            if (id.isBlank()) {
                throw new IllegalArgumentException("the id of a run must not be blank");
            }
        }

        @Override
        public Optional<String> run() {
            return Optional.of(id);
        }
    }
}
