package io.millrace.spi;

import io.millrace.config.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identifies a batch. A batch that is tried again, in this process or after a crash, has the same id, and no other batch has it.
 *
 * @param output what is written
 * @param request a stream: drawn once together with its checkpoint. A batch run: the id of the run
 * @param number a stream: Spark's number of the micro-batch, which grows by one from batch to batch. A batch run, which is one batch: 0
 */
public record BatchId(OutputId output, String request, long number) {

    /** Returns {@code pipegraph/etl/output#request}: the same for all batches of one stream or one run. */
    public String queryId() {
        return output + "#" + request;
    }

    /** Returns a short name, unique and the same at every attempt, that is safe in file names. */
    public String key() {
        return Fingerprint.of(queryId()) + "-" + number;
    }

    /** Returns an id for systems that want a UUID; the same at every attempt. */
    public String correlationId() {
        return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Returns {@code pipegraph/etl/output#request/number}. */
    @Override
    public String toString() {
        return queryId() + "/" + number;
    }
}
