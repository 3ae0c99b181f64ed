package io.millrace.catalog;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Takes rows into an entity. Made on the driver, sent to executors, used there once per partition of the batch.
 *
 * <p>A repeated task sends its rows again under the same correlation id; that no row arrives twice depends on the entity honouring the id.
 */
public interface HotChannel extends Serializable {

    /**
     * Sends rows in one request, which is streamed: the rows are drawn while they are sent.
     *
     * @param jsonRows each one JSON object; drawn by one thread, not necessarily the caller's. Without a row nothing is sent
     * @param correlationId the id of the batch
     * @throws io.millrace.config.MillraceException of kind EXTERNAL where the entity refuses the rows or does not answer
     */
    void send(Iterator<String> jsonRows, String correlationId);
}
