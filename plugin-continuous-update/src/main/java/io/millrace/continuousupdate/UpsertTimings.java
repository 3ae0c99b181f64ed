package io.millrace.continuousupdate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of a batch took. */
final class UpsertTimings {

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long begin = System.nanoTime();

    /** Ends a part; the next one begins. */
    void end(String phase) {
        long now = System.nanoTime();
        seconds.put(phase, Duration.ofNanos(now - begin).toMillis() / 1000.0);
        begin = now;
    }

    Map<String, Double> seconds() {
        return seconds;
    }
}
