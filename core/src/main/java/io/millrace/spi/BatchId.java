package io.millrace.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Identifies a batch. A batch that is tried again, in this process or after a crash, has the same id, and no other batch has it.
 *
 * @param output what is written
 * @param request a stream: drawn once together with its checkpoint. A batch run: the id of the run
 * @param number a stream: Spark's number of the micro-batch. A batch run: the index of the slice
 */
public record BatchId(OutputId output, String request, long number) {

    /** Returns {@code pipegraph/etl/output#request}: the same for all batches of one stream or one run. */
    public String queryId() {
        return output + "#" + request;
    }

    /** Returns a short name, unique and the same at every attempt, that is safe in file names. */
    public String key() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(queryId().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8) + "-" + number;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
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
