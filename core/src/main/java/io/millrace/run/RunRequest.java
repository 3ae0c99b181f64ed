package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.deadletter.LetterFilter;
import io.millrace.spi.Slice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to run of a plan. Backfills, replays and the jobs of a workflow are the same plan with another request.
 *
 * @param slice which part of the input
 * @param start what to do about an earlier batch run that did not finish
 * @param allowances what the user accepts knowingly
 * @param replayed the dead letters that are run in place of the input of their ETL, where some are; the ETL alone is run then, as one batch
 * @param versions the versions of tables that batch ETLs read, by the name of the model; of models that are not named the newest is read
 */
public record RunRequest(
        Slice slice,
        Start start,
        Set<Allowance> allowances,
        Optional<LetterFilter> replayed,
        Map<String, String> versions) {

    /** Something that is refused unless the user accepts it. */
    public enum Allowance {
        /** A stream may begin anew on a table that holds its earlier commits; rows it reads again are written again. */
        NEW_CHECKPOINT
    }

    /** Copies the collections. */
    public RunRequest {
        allowances = Set.copyOf(allowances);
        versions = Map.copyOf(versions);
    }

    /** A request that reads the newest version of every table. */
    public RunRequest(Slice slice, Start start, Set<Allowance> allowances, Optional<LetterFilter> replayed) {
        this(slice, start, allowances, replayed, Map.of());
    }

    /** Everything, as a new run; refused where an earlier one did not finish. */
    public static RunRequest all() {
        return of(Slice.ALL);
    }

    /** One slice, as a new run; refused where an earlier one of the slice did not finish. */
    public static RunRequest of(Slice slice) {
        return new RunRequest(slice, new Start.RefuseUnfinished(), Set.of(), Optional.empty());
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
        return new RunRequest(Slice.ALL, new Start.RefuseUnfinished(), Set.of(), Optional.of(filter));
    }

    /** The same request, with another choice about a run that did not finish. */
    public RunRequest with(Start choice) {
        return new RunRequest(slice, choice, allowances, replayed, versions);
    }

    /** The same request, continuing the last run of the slice that did not finish. */
    public RunRequest resuming() {
        return with(new Start.ResumeUnfinished(Optional.empty()));
    }

    /** The same request, continuing a certain run. */
    public RunRequest resuming(String run) {
        return with(new Start.ResumeUnfinished(Optional.of(run)));
    }

    /** The same request, as a new run that leaves those which did not finish. */
    public RunRequest leavingUnfinished() {
        return with(new Start.LeaveUnfinished(Optional.empty()));
    }

    /** The same request, as the run of an id, which is begun now or was before. */
    public RunRequest named(String run) {
        return with(new Start.Named(run));
    }

    /** The same request, with something accepted besides. */
    public RunRequest accepting(Allowance allowance) {
        Set<Allowance> accepted = new HashSet<>(allowances);
        accepted.add(allowance);
        return new RunRequest(slice, start, accepted, replayed, versions);
    }

    /** The same request, which reads a model's table as of a version, as its product names it. */
    public RunRequest reading(String model, String version) {
        Map<String, String> all = new HashMap<>(versions);
        all.put(model, version);
        return new RunRequest(slice, start, allowances, replayed, all);
    }
}
