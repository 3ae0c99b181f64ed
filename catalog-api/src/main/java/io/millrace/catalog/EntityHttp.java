package io.millrace.catalog;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls over HTTP: with timeouts, repeated where that is safe, and with an error for every answer that is not one. Immutable. */
final class EntityHttp {

    private static final int TOO_MANY_REQUESTS = 429;

    private final ExchangeSettings settings;
    private final HttpClient client;
    private final RetryPolicy<HttpResponse<String>> retries;

    EntityHttp(ExchangeSettings settings) {
        this.settings = settings;
        this.client = client(settings);
        Duration pause = settings.retryPause();
        this.retries = RetryPolicy.<HttpResponse<String>>builder()
                .handle(IOException.class)
                .handleResultIf(answer -> mayPass(answer.statusCode()))
                .withMaxRetries(settings.retries())
                .withBackoff(pause, pause.multipliedBy(8))
                .withJitter(ExchangeSettings.JITTER)
                .build();
    }

    ExchangeSettings settings() {
        return settings;
    }

    /** HTTP/1.1, because an offer to upgrade disturbs servers that take a streamed body. */
    static HttpClient client(ExchangeSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** Returns the body of a successful answer. */
    String call(HttpRequest request) {
        Tries tries = new Tries();
        HttpResponse<String> answer = answer(request, tries);
        if (!successful(answer.statusCode())) {
            throw HttpFailure.status(request, answer.statusCode(), answer.body(), tries.count);
        }
        return answer.body();
    }

    private HttpResponse<String> answer(HttpRequest request, Tries tries) {
        try {
            return Failsafe.with(retries).get(() -> {
                tries.count++;
                return await(client.sendAsync(request, BodyHandlers.ofString()), settings.requestTimeout());
            });
        } catch (FailsafeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw HttpFailure.noAnswer(request, cause, settings, tries.count);
        }
    }

    /**
     * Waits for the whole answer. (The timeout of a request ends with the headers of its answer: an answer that hangs in its body would hang
     * for ever.)
     */
    static <T> T await(CompletableFuture<T> answer, Duration timeout) throws IOException, InterruptedException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            HttpTimeoutException timedOut = new HttpTimeoutException("no answer");
            timedOut.initCause(late);
            throw timedOut;
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) {
                throw io;
            }
            throw MillraceException.internal("the HTTP client failed: " + failed.getCause(), failed);
        }
    }

    static boolean successful(int status) {
        return status >= 200 && status < 300;
    }

    private static boolean mayPass(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS;
    }

    /** Counted by the thread that calls. */
    private static final class Tries {
        private int count;
    }
}
