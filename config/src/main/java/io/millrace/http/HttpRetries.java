package io.millrace.http;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait for a server, and how often to ask it again. Pauses are jittered by a quarter.
 *
 * @param connectTimeout how long a connection may take ({@code connect-timeout})
 * @param requestTimeout how long an answer may take, from the request to the end of its body ({@code request-timeout})
 * @param retries how often a call is repeated that could not connect, got no answer, or was answered with a status of 500 and above or 429
 *     ({@code retries}); 0 for never. A refused certificate is final
 * @param retryPause how long to wait before the first repetition ({@code retry-pause}); each further pause is twice as long, up to eight times
 */
public record HttpRetries(Duration connectTimeout, Duration requestTimeout, int retries, Duration retryPause)
        implements Serializable {

    /** The part of a pause by which it may be longer or shorter. */
    public static final double JITTER = 0.25;

    private static final long serialVersionUID = 1L;

    /**
     * Checks every setting.
     *
     * @throws MillraceException of kind USER with every setting that is refused
     */
    public HttpRetries {
        List<Problem> problems = new ArrayList<>();
        positive("connect-timeout", connectTimeout, problems);
        positive("request-timeout", requestTimeout, problems);
        positive("retry-pause", retryPause, problems);
        if (retries < 0) {
            problems.add(new Problem(null, "retries", flawOfRetries(retries)));
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(problems);
        }
    }

    /** Reads the four keys of a section, of which each may be missing; empty where one is wrong, which is noted. */
    public static Optional<HttpRetries> in(ConfigSection section, HttpRetries usual) {
        Duration connect = duration(section, "connect-timeout", usual.connectTimeout);
        Duration request = duration(section, "request-timeout", usual.requestTimeout);
        long retries = section.optionalLong("retries").orElse((long) usual.retries);
        boolean number = retries >= 0 && retries <= Integer.MAX_VALUE;
        if (!number) {
            section.problem("retries", flawOfRetries(retries));
        }
        Duration pause = duration(section, "retry-pause", usual.retryPause);
        boolean positive = !connect.isZero() && !request.isZero() && !pause.isZero();
        return number && positive
                ? Optional.of(new HttpRetries(connect, request, (int) retries, pause))
                : Optional.empty();
    }

    /** Reads a duration that must not be zero; {@code usual} where there is none. */
    public static Duration duration(ConfigSection section, String key, Duration usual) {
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
