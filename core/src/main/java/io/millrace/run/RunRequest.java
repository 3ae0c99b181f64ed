package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.LetterFilter;
import io.millrace.spi.Slice;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run of a plan. Backfills, replays and the jobs of a workflow are the same plan with another request.
 *
 * @param slice which part of the input
 * @param start what to do about an earlier batch run that did not finish
 * @param runId the run to resume with {@link Start#RESUME}, or null for the last one that did not finish; the id of the run with {@link
 *     Start#NAMED} and, where it is given, with {@link Start#NEW}
 * @param allowances what the user accepts knowingly
 * @param letters the dead letters that are run in place of the input of their ETL, or null; the ETL alone is run then, as one batch
 */
public record RunRequest(
        Slice slice, Start start, @Nullable String runId, Set<Allowance> allowances, @Nullable LetterFilter letters) {

    /** What to do about an earlier batch run of the same slice that did not finish. */
    public enum Start {
        /** Refuse, and say what there is to choose from. */
        FRESH,
        /** Continue it: what it committed is not written again. */
        RESUME,
        /** Leave it, and write everything as a new run; what it wrote without committing it is removed. */
        NEW,
        /**
         * Do nothing about it: the run has the id that is given. Where a run of that id was begun before, in this process or, as far as there is a
         * state folder, in another one, it is continued: what it committed is not written again. Who gives an id gives it to one run only.
         */
        NAMED
    }

    /** Something that is refused unless the user accepts it. */
    public enum Allowance {
        /** A stream may begin anew on a table that holds its earlier commits; rows it reads again are written again. */
        NEW_CHECKPOINT
    }

    /** Copies the set. */
    public RunRequest {
        allowances = Set.copyOf(allowances);
        if (start == Start.NAMED && runId == null) {
            throw new IllegalArgumentException("a named run needs its id");
        }
    }

    /** Everything, as a new run. */
    public static RunRequest all() {
        return of(Slice.ALL);
    }

    /** One slice, as a new run. */
    public static RunRequest of(Slice slice) {
        return new RunRequest(slice, Start.FRESH, null, Set.of(), null);
    }

    /**
     * Dead letters of an ETL, sent through it again: those that a filter takes and that were not replayed yet, or those of the last replay of the ETL,
     * where that did not come to its end. Those that fail again become dead letters again. Each is replayed once: a replay that was killed is
     * continued by the next, with the letters it had, and what it committed is recognised. Where there are none, nothing is run.
     *
     * @param filter names the ETL
     * @throws io.millrace.config.MillraceException of kind USER where it names none
     */
    public static RunRequest replay(LetterFilter filter) {
        if (filter.etl() == null) {
            throw MillraceException.user("say whose dead letters are to be replayed: --etl NAME");
        }
        return new RunRequest(Slice.ALL, Start.FRESH, null, Set.of(), filter);
    }

    /** The same request, with another choice about an unfinished run. */
    public RunRequest with(Start choice) {
        return new RunRequest(slice, choice, runId, allowances, letters);
    }

    /** The same request, resuming a certain run. */
    public RunRequest resuming(String run) {
        return new RunRequest(slice, Start.RESUME, run, allowances, letters);
    }

    /** The same request, as the run of an id, which is begun now or was before. */
    public RunRequest named(String run) {
        return new RunRequest(slice, Start.NAMED, run, allowances, letters);
    }

    /** The same request, with something accepted. */
    public RunRequest accepting(Allowance allowance) {
        return new RunRequest(slice, start, runId, Set.of(allowance), letters);
    }

    /** Returns which dead letters are replayed, where some are. */
    public Optional<LetterFilter> replayed() {
        return Optional.ofNullable(letters);
    }

    /** Returns the id of the run, where a certain one is asked for. */
    public Optional<String> run() {
        return Optional.ofNullable(runId);
    }
}
