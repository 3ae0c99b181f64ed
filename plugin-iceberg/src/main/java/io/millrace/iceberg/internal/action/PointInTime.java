package io.millrace.iceberg.internal.action;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point in time: a fixed one, or some time ago.
 *
 * @param fixed null for some time ago
 * @param ago zero for a fixed one
 */
record PointInTime(@Nullable Instant fixed, Duration ago) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d|seconds?|minutes?|hours?|days?)");
    private static final Map<Character, Duration> UNITS = Map.of(
            's', Duration.ofSeconds(1), 'm', Duration.ofMinutes(1), 'h', Duration.ofHours(1), 'd', Duration.ofDays(1));

    /** Numbers below it are seconds: as milliseconds they would be in 1973 at the latest, long before any table. */
    private static final long SECONDS = 100_000_000_000L;

    private static final List<Function<String, Instant>> FORMS = List.of(
            Instant::parse,
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    /** Reads one; without an offset it is in UTC. Empty where the text is none. */
    static Optional<PointInTime> parse(String text) {
        String plain = text.strip();
        if (NUMBER.matcher(plain).matches()) {
            long number = Long.parseLong(plain);
            return Optional.of(at(number < SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number)));
        }
        Matcher age = AGE.matcher(plain.toLowerCase(Locale.ROOT));
        if (age.matches()) {
            Duration unit = UNITS.getOrDefault(age.group(2).charAt(0), Duration.ZERO);
            return Optional.of(new PointInTime(null, unit.multipliedBy(Long.parseLong(age.group(1)))));
        }
        for (Function<String, Instant> form : FORMS) {
            try {
                return Optional.of(at(form.apply(plain.replaceFirst("(?<=\\d) +(?=\\d)", "T"))));
            } catch (DateTimeException another) {
                // the next form is tried; what is none of them is empty
            }
        }
        return Optional.empty();
    }

    private static PointInTime at(Instant fixed) {
        return new PointInTime(fixed, Duration.ZERO);
    }

    Instant seenFrom(Instant now) {
        return fixed == null ? now.minus(ago) : fixed;
    }
}
