package io.millrace.catalog;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.http.HttpRetries;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Patience with entities behind addresses, as {@code plugin.microservice-catalog.exchange} sets it.
 *
 * @param retries with each call; its request timeout is also how long the entity may take no row of a stream of rows
 * @param pollInterval how long to wait between two questions whether a batch is committed ({@code poll-interval}), jittered by a quarter
 * @param pollLimit how often to ask whether a batch is committed before giving up ({@code poll-limit})
 */
public record ExchangeSettings(HttpRetries retries, Duration pollInterval, int pollLimit) implements Serializable {

    static final String KEY = "exchange";

    private static final long serialVersionUID = 1L;

    private static final ExchangeSettings DEFAULTS = new ExchangeSettings(
            new HttpRetries(Duration.ofSeconds(5), Duration.ofSeconds(30), 3, Duration.ofSeconds(1)),
            Duration.ofSeconds(1),
            300);

    /**
     * Checks every setting.
     *
     * @throws MillraceException of kind USER with every setting that is refused
     */
    public ExchangeSettings {
        List<Problem> problems = new ArrayList<>();
        if (pollInterval.isZero() || pollInterval.isNegative()) {
            problems.add(new Problem(null, "poll-interval", "must be longer than nothing"));
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
        Optional<HttpRetries> retries = HttpRetries.in(section, DEFAULTS.retries);
        Duration interval = HttpRetries.duration(section, "poll-interval", DEFAULTS.pollInterval);
        int limit = section.optionalPositiveInt("poll-limit").orElse(DEFAULTS.pollLimit);
        return section.build(() -> new ExchangeSettings(retries.orElseThrow(), interval, limit));
    }
}
