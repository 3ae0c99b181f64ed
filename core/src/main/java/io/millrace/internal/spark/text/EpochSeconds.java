package io.millrace.internal.spark.text;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Times as seconds since 1970. Numbers of a smaller unit soon lie beyond the years that times have in SQL. */
public final class EpochSeconds {

    private static final long DAY = 86_400;
    private static final long FIRST = at(1) - DAY;
    private static final long END = at(10_000) + DAY;

    private EpochSeconds() {}

    /** Returns whether these are the seconds of a time that lies in the years 1 to 9999 somewhere on earth. */
    public static boolean are(long number) {
        return number >= FIRST && number < END;
    }

    private static long at(int year) {
        return LocalDate.of(year, 1, 1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }
}
