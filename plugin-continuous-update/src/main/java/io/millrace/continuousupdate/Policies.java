package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** The declared policies, applied to the winners of a batch. */
record Policies(ContinuousUpdate settings, UpsertTarget target) {

    /** Returns whether a row or a winner has a key. */
    Column withKey() {
        return settings.onNullKey() == OnNullKey.ALLOW
                ? lit(true)
                : not(UpsertColumns.keyIsNull(target.keys().size()));
    }

    /** Returns whether a row or a winner may go on; ties are a matter of their own. */
    Column admitted() {
        return settings.onNullOrdering() == OnNullOrdering.DEAD_LETTER
                ? withKey().and(col(UpsertColumns.ORDERING).isNotNull())
                : withKey();
    }

    /**
     * Ends the batch where a policy says so.
     *
     * @throws MillraceException of kind USER with everything that is wrong
     */
    void refuse(Winners.Count count, SampleKeys samples) {
        List<String> wrong = new ArrayList<>();
        if (count.keyless() > 0 && settings.onNullKey() == OnNullKey.FAIL) {
            wrong.add(count.keyless() + " rows have no key (a null in " + String.join(", ", target.keys())
                    + "), for example " + shown(samples.keyless())
                    + "; leave them out, or "
                    + remedy(UpsertSetting.ON_NULL_KEY, OnNullKey.DEAD_LETTER, OnNullKey.ALLOW));
        }
        if (count.unordered() > 0 && settings.onNullOrdering() == OnNullOrdering.FAIL) {
            wrong.add(count.unordered() + " rows have no ordering (" + settings.orderingExpression()
                    + " is null), for example " + shown(samples.unordered())
                    + "; leave them out, or "
                    + remedy(UpsertSetting.ON_NULL_ORDERING, OnNullOrdering.OLDEST, OnNullOrdering.DEAD_LETTER));
        }
        if (count.ties() > 0 && settings.onTie() == OnTie.FAIL) {
            wrong.add(count.ties() + " keys have different rows with the same greatest ordering ("
                    + settings.orderingExpression() + "), for example " + shown(samples.ties())
                    + "; order them by something finer, or "
                    + remedy(UpsertSetting.ON_TIE, OnTie.PICK_ONE, OnTie.DEAD_LETTER));
        }
        if (!wrong.isEmpty()) {
            throw MillraceException.user(target.name() + ": the batch is refused\n  " + String.join("\n  ", wrong));
        }
    }

    private String remedy(UpsertSetting setting, Enum<?> one, Enum<?> other) {
        UpsertWording wording = target.wording();
        return "set " + wording.key(setting) + " to " + wording.word(one) + " or " + wording.word(other);
    }

    private static String shown(List<String> samples) {
        return String.join(", ", samples);
    }
}
