package io.millrace.internal.http;

import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;

/** What is said of a call that failed. Shows no secret, whatever the answer held. */
public final class HttpFailure {

    private static final int SHOWN = 300;
    private static final Pattern SECRET = Pattern.compile(
            "(\"(?:accessKeyID|secretKey|sessionToken)\"\\s*:\\s*)\"[^\"]*\"?", Pattern.CASE_INSENSITIVE);

    private HttpFailure() {}

    /** An answer with a status that is not 2xx. */
    public static MillraceException status(HttpRequest request, int status, String body, int tries) {
        return MillraceException.external(call(request) + ": status " + status + excerpt(body) + tried(tries), null);
    }

    /** A 2xx answer that is not what the protocol says. */
    public static MillraceException answer(HttpRequest request, String flaw) {
        return MillraceException.external(call(request) + ": " + flaw, null);
    }

    /** No answer at all. */
    public static MillraceException noAnswer(HttpRequest request, Throwable cause, HttpRetries retries, int tries) {
        return MillraceException.external(call(request) + ": " + reason(cause, retries) + tried(tries), cause);
    }

    private static String reason(Throwable cause, HttpRetries retries) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return "interrupted while waiting for the answer";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection within " + shown(retries.connectTimeout());
        }
        if (cause instanceof HttpTimeoutException) {
            return "no answer within " + shown(retries.requestTimeout());
        }
        String message = cause.getMessage();
        return "no connection: " + cause.getClass().getSimpleName()
                + (message == null || message.isBlank() ? "" : ": " + message);
    }

    private static String call(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    private static String tried(int tries) {
        return tries > 1 ? " (tried " + tries + " times)" : "";
    }

    private static String excerpt(String body) {
        String text = SECRET.matcher(body).replaceAll("$1\"***\"").strip();
        if (text.isEmpty()) {
            return ", no body";
        }
        return ": " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
