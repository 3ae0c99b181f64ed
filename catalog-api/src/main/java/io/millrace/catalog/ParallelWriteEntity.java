package io.millrace.catalog;

import io.millrace.config.MillraceException;
import io.millrace.internal.http.HttpCalls;
import java.net.URI;

/**
 * An entity that is written in one exchange per batch: plan, write, complete, and ask until it is committed. {@link EntityExchange} leads the
 * sequence. Used on the driver, by one thread at a time per batch; several batches of different outputs may use one entity at once.
 *
 * <p>The correlation id belongs to the batch and not to the attempt: a repeated batch comes with the id it had before.
 */
public interface ParallelWriteEntity {

    /**
     * Asks how this batch is to be written.
     *
     * @throws MillraceException of kind EXTERNAL where the entity refuses, does not answer, or answers what it must not
     */
    WriteExecutionPlan plan(PlanRequest request, String correlationId);

    /**
     * Tells the entity that the writing has ended.
     *
     * @param success whether every row was written
     * @throws MillraceException of kind EXTERNAL where the entity refuses or does not answer
     */
    void complete(boolean success, String correlationId);

    /**
     * Asks how far the entity has committed the batch.
     *
     * @throws MillraceException of kind EXTERNAL where the entity refuses, does not answer, or answers what it must not
     */
    CommitStatus committed(String correlationId);

    /**
     * Returns the channel that takes rows where the plan is {@link WriteExecutionPlan.Hot}. Asked for on the driver, used on executors.
     *
     * @throws MillraceException of kind EXTERNAL where the entity has none
     */
    HotChannel hot();

    /**
     * Returns whether another system hears of an exchange. Then an empty batch is found out before, which costs a look at the first rows, and
     * there is no exchange.
     */
    default boolean remote() {
        return true;
    }

    /** An entity behind a URL, with {@linkplain ExchangeSettings#defaults() default settings}. */
    static ParallelWriteEntity http(URI base) {
        return http(base, ExchangeSettings.defaults());
    }

    /** An entity behind a URL. */
    static ParallelWriteEntity http(URI base, ExchangeSettings settings) {
        return new HttpEntity(base, new HttpCalls(settings.retries()));
    }

    /**
     * An entity without a server: every batch is written to {@code location} and counts as committed once it is written.
     *
     * @param format a name of {@link EntityFormat}, in any case
     */
    static ParallelWriteEntity local(String format, String location) {
        return local(EntityFormat.of(format), location);
    }

    /** An entity without a server: every batch is written to {@code location} and counts as committed once it is written. */
    static ParallelWriteEntity local(EntityFormat format, String location) {
        return new LocalEntity(format, location);
    }
}
