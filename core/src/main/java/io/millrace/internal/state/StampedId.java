package io.millrace.internal.state;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Ids for what happens once: they sort by time, and two of the same second differ. */
public final class StampedId {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private StampedId() {}

    /** Returns a new one, such as {@code run-20240103-120000-0f3a9c}. */
    public static String of(String what) {
        return what + "-" + STAMP.format(Instant.now()) + "-"
                + UUID.randomUUID().toString().substring(0, 6);
    }
}
