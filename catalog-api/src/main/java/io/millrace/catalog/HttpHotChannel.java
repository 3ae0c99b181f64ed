package io.millrace.catalog;

import io.millrace.http.HttpRetries;
import io.millrace.internal.http.HttpCalls;
import io.millrace.internal.http.HttpFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/**
 * Streams the rows of one partition as a JSON array in one chunked POST. Not repeated here: the rows can be drawn once; the engine repeats
 * the task.
 */
record HttpHotChannel(URI stream, HttpRetries retries) implements HotChannel {

    private static final long serialVersionUID = 1L;

    @Override
    public void send(Iterator<String> jsonRows, String correlationId) {
        if (!jsonRows.hasNext()) {
            return;
        }
        RequestBody rows = new RequestBody(retries.requestTimeout());
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Content-Type", "application/octet-stream")
                .header(HttpEntity.CORRELATION_ID, HttpEntity.header(correlationId))
                .POST(rows)
                .build();
        CompletableFuture<HttpResponse<String>> pending =
                HttpCalls.client(retries).build().sendAsync(request, BodyHandlers.ofString());
        HttpResponse<String> answer = answer(request, rows, jsonRows, pending);
        if (!HttpCalls.successful(answer.statusCode())) {
            throw HttpFailure.status(request, answer.statusCode(), answer.body(), 1);
        }
    }

    private HttpResponse<String> answer(
            HttpRequest request,
            RequestBody rows,
            Iterator<String> jsonRows,
            CompletableFuture<HttpResponse<String>> pending) {
        try {
            boolean all = rows.pump(jsonRows, pending);
            HttpResponse<String> answer = HttpCalls.await(pending, retries.requestTimeout());
            if (!all && HttpCalls.successful(answer.statusCode())) {
                throw HttpFailure.answer(request, "the answer came before all rows were taken");
            }
            return answer;
        } catch (IOException | InterruptedException failed) {
            pending.cancel(true);
            throw HttpFailure.noAnswer(request, failed, retries, 1);
        }
    }
}
