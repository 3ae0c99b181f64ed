package io.millrace.internal.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import java.io.IOException;
import java.net.URI;
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
import java.util.function.IntPredicate;
import javax.net.ssl.SSLException;

/** Calls over HTTP: with timeouts, repeated where that is safe, and with an error for every answer that is not one. Immutable and thread-safe. */
public final class HttpCalls {

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpRetries settings;
    private final HttpClient client;
    private final RetryPolicy<HttpResponse<String>> retries;

    /** Calls of a client as {@link #client} makes it. */
    public HttpCalls(HttpRetries settings) {
        this(settings, client(settings).build());
    }

    /** Calls of a client of its own. */
    public HttpCalls(HttpRetries settings, HttpClient client) {
        this.settings = settings;
        this.client = client;
        Duration pause = settings.retryPause();
        this.retries = RetryPolicy.<HttpResponse<String>>builder()
                .handle(IOException.class)
                .abortOn(HttpCalls::staysSo)
                .handleResultIf(answer -> mayPass(answer.statusCode()))
                .withMaxRetries(settings.retries())
                .withBackoff(pause, pause.multipliedBy(8))
                .withJitter(HttpRetries.JITTER)
                .build();
    }

    /** Returns how patient the calls are. */
    public HttpRetries settings() {
        return settings;
    }

    /** Begins a client: of HTTP/1.1, because an offer to upgrade disturbs servers that take a streamed body, and without redirects. */
    public static HttpClient.Builder client(HttpRetries settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
    }

    /**
     * Returns the body of a successful answer.
     *
     * @throws MillraceException of kind EXTERNAL where there is no answer, or one with a status that is not 2xx
     */
    public String call(HttpRequest request) {
        return call(request, status -> false).body();
    }

    /**
     * Returns an answer that is successful, or has a status that the caller expects, too.
     *
     * @throws MillraceException of kind EXTERNAL where there is no answer, or one with another status
     */
    public HttpResponse<String> call(HttpRequest request, IntPredicate expected) {
        Tries tries = new Tries();
        HttpResponse<String> answer = answer(request, tries);
        if (!successful(answer.statusCode()) && !expected.test(answer.statusCode())) {
            throw HttpFailure.status(request, answer.statusCode(), answer.body(), tries.count);
        }
        return answer;
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
    public static <T> T await(CompletableFuture<T> answer, Duration timeout) throws IOException, InterruptedException {
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

    /** Returns whether paths can be added to an address: over HTTP, with a host, and with nothing behind its own path. */
    public static boolean isBase(URI address) {
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        return http && address.getHost() != null && address.getRawQuery() == null && address.getRawFragment() == null;
    }

    /** Returns whether a status says that all is well. */
    public static boolean successful(int status) {
        return status >= 200 && status < 300;
    }

    private static boolean mayPass(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS;
    }

    /** Who does not trust the other one will not a second later; a connection that broke while it was made is another matter. */
    private static boolean staysSo(Throwable failure) {
        return failure instanceof SSLException
                && Causes.of(failure).stream()
                        .allMatch(each -> !(each instanceof IOException) || each instanceof SSLException);
    }

    /** Counted by the thread that calls. */
    private static final class Tries {
        private int count;
    }
}
