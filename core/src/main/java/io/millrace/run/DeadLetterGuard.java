package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.model.DeadLetterLimit;
import io.millrace.model.Etl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks after every batch of an ETL whether too many of the rows that were read last have become dead letters. */
final class DeadLetterGuard {

    private final String etl;
    private final @Nullable DeadLetterLimit limit;
    private final Deque<Figures> window = new ArrayDeque<>();
    private long seen;
    private Figures sum = new Figures(0, 0);

    private record Figures(long rows, long dead) {
        Figures plus(Figures other) {
            return new Figures(rows + other.rows, dead + other.dead);
        }

        Figures minus(Figures other) {
            return new Figures(rows - other.rows, dead - other.dead);
        }
    }

    DeadLetterGuard(Etl etl) {
        this.etl = etl.name();
        this.limit = etl.deadLetterLimit().orElse(null);
    }

    /**
     * Looks at a batch that is committed.
     *
     * @throws MillraceException of kind EXTERNAL where there are too many
     */
    void check(EtlResult batch) {
        if (limit == null) {
            return;
        }
        Figures figures = new Figures(rows(batch), batch.deadLetters());
        window.add(figures);
        sum = sum.plus(figures);
        seen += figures.rows;
        while (window.size() > 1 && sum.rows - window.element().rows >= limit.last()) {
            sum = sum.minus(window.remove());
        }
        if (seen >= limit.warmUp() && sum.dead * 100.0 > limit.percent() * sum.rows) {
            throw MillraceException.external(
                    String.format(
                            Locale.ROOT,
                            "ETL %s: %,d of the last %,d rows became dead letters, more than the %s %% that dead-letter-limit allows."
                                    + " All that was read is in its place; the dead letters say what is wrong. The next run goes on",
                            etl,
                            sum.dead,
                            sum.rows,
                            percent(limit.percent())),
                    null);
        }
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent);
    }

    /** Where an input cannot be counted, what comes to the outputs is. */
    private static long rows(EtlResult batch) {
        return batch.inputs().isEmpty()
                ? batch.outputs().stream()
                        .mapToLong(OutputNumbers::rowsIn)
                        .max()
                        .orElse(0)
                : batch.inputs().stream().mapToLong(InputNumbers::read).sum();
    }
}
