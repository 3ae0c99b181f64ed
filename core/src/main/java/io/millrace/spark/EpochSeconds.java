package io.millrace.spark;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Numbers that stand for times: seconds since 1970. Those of a smaller unit soon lie beyond the years that a TIMESTAMP has. */
public final class EpochSeconds {

    private static final long FIRST = at(1);
    private static final long END = at(10_000);

    private EpochSeconds() {}

    /** Returns whether these are the seconds of a time in the years 1 to 9999. */
    public static boolean are(long number) {
        return number >= FIRST && number < END;
    }

    private static long at(int year) {
        return LocalDate.of(year, 1, 1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }
}
