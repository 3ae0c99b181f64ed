package io.millrace.cli.internal.slices;

import io.millrace.config.MillraceException;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Dates from a first to a last one, both included. */
public record DateRange(LocalDate first, LocalDate last) {

    private static final int MOST_DAYS = 100_000;

    /**
     * The range that two options say.
     *
     * @param last null for a range of one date
     * @throws MillraceException of kind USER where it ends before it begins
     */
    public static DateRange of(String firstOption, LocalDate first, String lastOption, @Nullable LocalDate last) {
        if (last != null && last.isBefore(first)) {
            throw MillraceException.user(lastOption + " " + last + " is before " + firstOption + " " + first
                    + "; write them the other way round");
        }
        return new DateRange(first, last == null ? first : last);
    }

    /** Returns a slice for each date. */
    public List<Slice> slices() {
        return dates().stream().map(Slice::of).toList();
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return first + ".." + last;
    }

    List<LocalDate> dates() {
        return first.datesUntil(last.plusDays(1)).toList();
    }

    /** Reads {@code 2024-01-01..2024-01-31}, or one date. */
    static final class Converter implements ITypeConverter<DateRange> {
        @Override
        public DateRange convert(String text) {
            String[] ends = text.split("\\.\\.", -1);
            try {
                if (ends.length <= 2) {
                    LocalDate first = LocalDate.parse(ends[0]);
                    LocalDate last = LocalDate.parse(ends[ends.length - 1]);
                    if (last.isBefore(first)) {
                        throw new TypeConversionException(
                                "\"" + text + "\" ends before it begins; write " + last + ".." + first);
                    }
                    if (first.plusDays(MOST_DAYS).isBefore(last)) {
                        throw new TypeConversionException("\"" + text + "\" is more than " + MOST_DAYS + " days");
                    }
                    return new DateRange(first, last);
                }
            } catch (DateTimeParseException wrong) {
                // said below, with the whole text
            }
            throw new TypeConversionException(
                    "\"" + text + "\" is not a range of dates such as 2024-01-01..2024-01-31");
        }
    }
}
