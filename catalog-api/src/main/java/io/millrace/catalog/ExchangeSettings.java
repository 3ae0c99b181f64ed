package io.millrace.catalog;

import java.time.Duration;

/**
 * Patience with entities behind addresses. Pauses and intervals are jittered by a quarter.
 *
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long an answer may take, from the request to the end of its body
 * @param retries how often a call is repeated that failed to connect, ran out of time, or was answered with a status of 500 and above or 429
 * @param retryPause how long to wait before the first repetition; each further pause is twice as long, up to eight times
 * @param pollInterval how long to wait between two questions whether a batch is committed
 * @param pollLimit how often to ask whether a batch is committed before giving up
 */
public record ExchangeSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int retries,
        Duration retryPause,
        Duration pollInterval,
        int pollLimit) {

    private static final ExchangeSettings DEFAULTS = new ExchangeSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(30), 3, Duration.ofSeconds(1), Duration.ofSeconds(1), 300);

    /** Checks that every duration is positive and that something is asked at least once. */
    public ExchangeSettings {
        positive("connect-timeout", connectTimeout);
        positive("request-timeout", requestTimeout);
        positive("retry-pause", retryPause);
        positive("poll-interval", pollInterval);
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, not " + retries);
        }
        if (pollLimit < 1) {
            throw new IllegalArgumentException("poll-limit must be at least 1, not " + pollLimit);
        }
    }

    /** 5 s to connect, 30 s for an answer, 3 retries after 1 s and more, and a question every second, 300 at most. */
    public static ExchangeSettings defaults() {
        return DEFAULTS;
    }

    private static void positive(String key, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(key + " must be longer than nothing, not " + duration);
        }
    }
}
