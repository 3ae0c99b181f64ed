package io.millrace.catalog;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Patience with entities behind addresses, as {@code plugin.microservice-catalog.exchange} sets it. Pauses and intervals are jittered by a
 * quarter.
 *
 * @param connectTimeout how long a connection may take ({@code connect-timeout})
 * @param requestTimeout how long an answer may take, from the request to the end of its body ({@code request-timeout}); of a stream of rows,
 *     how long the entity may take none of them
 * @param retries how often a call is repeated that could not connect, got no answer, or was answered with a status of 500 and above or 429
 *     ({@code retries}); 0 for never
 * @param retryPause how long to wait before the first repetition ({@code retry-pause}); each further pause is twice as long, up to eight times
 * @param pollInterval how long to wait between two questions whether a batch is committed ({@code poll-interval})
 * @param pollLimit how often to ask whether a batch is committed before giving up ({@code poll-limit})
 */
public record ExchangeSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int retries,
        Duration retryPause,
        Duration pollInterval,
        int pollLimit)
        implements Serializable {

    static final String KEY = "exchange";
    static final double JITTER = 0.25;

    private static final ExchangeSettings DEFAULTS = new ExchangeSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(30), 3, Duration.ofSeconds(1), Duration.ofSeconds(1), 300);

    /**
     * Checks every setting.
     *
     * @throws MillraceException of kind USER with every setting that is refused
     */
    public ExchangeSettings {
        List<Problem> problems = new ArrayList<>();
        positive("connect-timeout", connectTimeout, problems);
        positive("request-timeout", requestTimeout, problems);
        positive("retry-pause", retryPause, problems);
        positive("poll-interval", pollInterval, problems);
        if (retries < 0) {
            problems.add(new Problem(null, "retries", flawOfRetries(retries)));
        }
        if (pollLimit < 1) {
            problems.add(new Problem(null, "poll-limit", "must be at least 1, not " + pollLimit));
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(problems);
        }
    }

    /** 5 s to connect, 30 s for an answer, 3 retries after 1 s and more, and a question every second, 300 at most. */
    public static ExchangeSettings defaults() {
        return DEFAULTS;
    }

    /** Reads {@code plugin.microservice-catalog.exchange}; what is not set is at its default. Notes what is wrong. */
    public static Optional<ExchangeSettings> of(ConfigDocument document, Problems problems) {
        Optional<ConfigSection> catalog = document.root(problems)
                .optionalSection("plugin")
                .flatMap(plugin -> plugin.optionalSection("microservice-catalog"));
        return catalog.isPresent() ? of(catalog.get()) : Optional.of(DEFAULTS);
    }

    /** Reads {@code exchange} of the catalog's settings. */
    static Optional<ExchangeSettings> of(ConfigSection catalog) {
        if (!catalog.has(KEY)) {
            return Optional.of(DEFAULTS);
        }
        return catalog.optionalSection(KEY).flatMap(ExchangeSettings::decode);
    }

    private static Optional<ExchangeSettings> decode(ConfigSection section) {
        Duration connect = duration(section, "connect-timeout", DEFAULTS.connectTimeout);
        Duration request = duration(section, "request-timeout", DEFAULTS.requestTimeout);
        long retries = section.optionalLong("retries").orElse((long) DEFAULTS.retries);
        if (retries < 0 || retries > Integer.MAX_VALUE) {
            section.problem("retries", flawOfRetries(retries));
        }
        Duration pause = duration(section, "retry-pause", DEFAULTS.retryPause);
        Duration interval = duration(section, "poll-interval", DEFAULTS.pollInterval);
        int limit = section.optionalPositiveInt("poll-limit").orElse(DEFAULTS.pollLimit);
        return section.build(() -> new ExchangeSettings(connect, request, (int) retries, pause, interval, limit));
    }

    private static Duration duration(ConfigSection section, String key, Duration usual) {
        Duration duration = section.optionalDuration(key).orElse(usual);
        if (duration.isZero()) {
            section.problem(key, "must be longer than nothing");
        }
        return duration;
    }

    private static void positive(String key, Duration duration, List<Problem> problems) {
        if (duration.isZero() || duration.isNegative()) {
            problems.add(new Problem(null, key, "must be longer than nothing"));
        }
    }

    private static String flawOfRetries(long retries) {
        return "must be a whole number from 0 to " + Integer.MAX_VALUE + ", not " + retries;
    }
}
