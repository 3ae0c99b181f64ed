package io.millrace.catalog;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedPredicate;
import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One batch written into one entity: plan, write, complete, and ask until it is committed. An empty batch needs no exchange. Used on the
 * driver; holds no state between batches.
 */
public final class EntityExchange {

    private final CatalogCoordinates coordinates;
    private final ParallelWriteEntity entity;
    private final ExchangeSettings settings;
    private final RetryPolicy<CommitStatus> polling;

    /** An exchange with an entity; the coordinates name it in messages. */
    public EntityExchange(CatalogCoordinates coordinates, ParallelWriteEntity entity, ExchangeSettings settings) {
        this.coordinates = coordinates;
        this.entity = entity;
        this.settings = settings;
        this.polling = RetryPolicy.<CommitStatus>builder()
                .handleResult(CommitStatus.PENDING)
                .handleIf((CheckedPredicate<Throwable>) failure -> false)
                .withMaxAttempts(settings.pollLimit())
                .withDelay(settings.pollInterval())
                .withJitter(HttpRetries.JITTER)
                .build();
    }

    /**
     * Leads a batch through the exchange.
     *
     * @param correlationId the id of the batch: the same for every attempt
     * @param writer writes the batch as the plan says; what it throws is reported to the entity and thrown on
     * @return what the writer returned, once the entity has committed the batch
     * @throws MillraceException of kind EXTERNAL where the entity refuses, fails, or stays pending. A failure after the writing does not say
     *     that the batch is not in the entity: repeat it with the same correlation id
     */
    public <T> T write(PlanRequest request, String correlationId, Function<WriteExecutionPlan, T> writer) {
        return write(request, correlationId, writer, written -> true);
    }

    /**
     * Leads a batch through the exchange, unless nobody can tell whether it was written: then it is left open, because an entity that is told
     * of a failure may clean up what is there. The same batch, written again, ends it.
     *
     * @param correlationId the id of the batch: the same for every attempt
     * @param writer as for the other method
     * @param certain whether what the writer returned means that the batch is written
     * @return what the writer returned, and, where that is certain, once the entity has committed the batch
     * @throws MillraceException as for the other method
     */
    public <T> T write(
            PlanRequest request,
            String correlationId,
            Function<WriteExecutionPlan, T> writer,
            Predicate<? super T> certain) {
        WriteExecutionPlan plan = entity.plan(request, correlationId);
        T written = written(plan, correlationId, writer);
        if (!certain.test(written)) {
            return written;
        }
        entity.complete(true, correlationId);
        awaitCommit(correlationId);
        return written;
    }

    private <T> T written(WriteExecutionPlan plan, String correlationId, Function<WriteExecutionPlan, T> writer) {
        try {
            return writer.apply(plan);
        } catch (RuntimeException | Error failed) {
            try {
                entity.complete(false, correlationId);
            } catch (RuntimeException unheard) {
                failed.addSuppressed(unheard);
            }
            throw failed;
        }
    }

    private void awaitCommit(String correlationId) {
        switch (status(correlationId)) {
            case SUCCESS -> {}
            case FAILED ->
                throw failure("the entity could not commit the batch (it answered Failed)", correlationId, null);
            case PENDING ->
                throw failure(
                        "the batch is still Pending after " + settings.pollLimit()
                                + " questions; the entity may yet commit it. To wait longer, raise "
                                + EntityCatalogLoader.PATH
                                + ".exchange.poll-limit",
                        correlationId,
                        null);
        }
    }

    private CommitStatus status(String correlationId) {
        try {
            return Failsafe.with(polling).get(() -> entity.committed(correlationId));
        } catch (FailsafeException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while the batch was Pending", correlationId, interrupted);
        }
    }

    private MillraceException failure(String what, String correlationId, @Nullable Throwable cause) {
        return MillraceException.external(
                "entity " + coordinates + ": " + what + " (correlation id " + correlationId + ")", cause);
    }
}
