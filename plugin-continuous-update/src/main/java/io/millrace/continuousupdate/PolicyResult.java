package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the policies let through, and what they send to the dead letters. Only where there is something to send are the batch's rows computed a
 * second time.
 *
 * @param winners those that go on
 * @param size how many winners go on
 * @param deletes how many of them delete their key
 * @param letters the rows that do not, as the dead letters want them
 * @param lettered how many rows these are
 */
record PolicyResult(Dataset<Row> winners, long size, long deletes, List<Dataset<Row>> letters, long lettered) {

    /**
     * Applies the policies.
     *
     * @param winners all winners
     * @param again computes the fitted rows a second time, with {@link UpsertColumns#ORIGINAL}
     */
    static PolicyResult of(
            Policies policies,
            Dataset<Row> winners,
            Winners.Count count,
            SampleKeys samples,
            Supplier<Dataset<Row>> again,
            MaterializedRows materialized) {
        policies.refuse(count, samples);
        boolean keyless = count.keyless() > 0 && policies.settings().onNullKey() == OnNullKey.DEAD_LETTER;
        boolean unordered = count.unordered() > 0 && policies.settings().onNullOrdering() == OnNullOrdering.DEAD_LETTER;
        Dataset<Row> admitted = keyless || unordered ? winners.filter(policies.admitted()) : winners;
        long lettered = (keyless ? count.keyless() : 0) + (unordered ? count.unordered() : 0);
        List<Dataset<Row>> letters = new ArrayList<>();
        if (lettered > 0) {
            letters.add(
                    UpsertRejectionReason.letters(again.get().filter(not(policies.admitted())), policies.withKey()));
        }
        PolicyResult untied = new PolicyResult(admitted, count.admitted(), count.deletes(), letters, lettered);
        boolean ties = count.ties() > 0 && policies.settings().onTie() == OnTie.DEAD_LETTER;
        return ties ? untied.withoutTies(policies, again.get(), materialized) : untied;
    }

    private PolicyResult withoutTies(Policies policies, Dataset<Row> rows, MaterializedRows materialized) {
        Column tie = col(UpsertColumns.TIE);
        TiedKeys ties = TiedKeys.resolve(
                winners.filter(tie),
                rows.filter(policies.admitted()),
                policies.target().keys().size());
        Column[] columns = Stream.of(winners.columns()).map(functions::col).toArray(Column[]::new);
        Dataset<Row> resolved = materialized.keep(
                winners.filter(not(tie)).unionByName(ties.winners().select(columns)));
        Dataset<Row> undecided = materialized.keep(UpsertRejectionReason.ORDERING_TIE.letters(ties.undecided()));
        letters.add(undecided);
        Row figures =
                resolved.agg(count(lit(1)), count_if(col(UpsertColumns.DELETE))).head();
        return new PolicyResult(
                resolved, figures.getLong(0), figures.getLong(1), letters, lettered + undecided.count());
    }

    /** Takes out the winners that the table knows better, to the dead letters too. They carry {@link UpsertColumns#ORIGINAL}. */
    PolicyResult withoutStale(Dataset<Row> marked) {
        Column stale = col(UpsertColumns.STALE);
        Dataset<Row> fresh = marked.filter(not(stale));
        Row figures =
                fresh.agg(count(lit(1)), count_if(col(UpsertColumns.DELETE))).head();
        long outdated = size - figures.getLong(0);
        List<Dataset<Row>> all = new ArrayList<>(letters);
        if (outdated > 0) {
            all.add(UpsertRejectionReason.STALE.letters(marked.filter(stale)));
        }
        return new PolicyResult(fresh, figures.getLong(0), figures.getLong(1), all, lettered + outdated);
    }
}
