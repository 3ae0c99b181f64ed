package io.millrace.cli.internal.slices;

import io.millrace.spi.PartitionNumbers;
import io.millrace.spi.Slice;
import io.millrace.spi.Slice.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which part of the input a run takes. */
public final class SliceOptions {

    @Option(
            names = "--date",
            paramLabel = "DATE",
            converter = Dates.class,
            description = "The date to run for, such as 2024-01-03; :run_date in SQL.")
    private @Nullable LocalDate date;

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            converter = Partitions.class,
            description = "Partitions of the source, such as 0,3,8-15; :partitions in SQL.")
    private @Nullable PartitionList partitions;

    @Option(
            names = "--window",
            paramLabel = "START/LENGTH",
            converter = Windows.class,
            description =
                    "A span of time, such as 2024-01-01T00/P1D or 2024-01-01T06:30/PT1H, in UTC; :window_start and :window_end in SQL.")
    private @Nullable Window window;

    public Slice slice() {
        return new Slice(date, partitions == null ? List.of() : partitions.numbers(), window);
    }

    /** A type of its own, because picocli takes an option of type List for one that may be repeated. */
    public record PartitionList(List<Integer> numbers) {

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return numbers.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(","));
        }
    }

    /** Reads a date. */
    public static final class Dates implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("\"" + text + "\" is not a date such as 2024-01-03");
            }
        }
    }

    /** Reads a list of partitions. */
    public static final class Partitions implements ITypeConverter<PartitionList> {

        @Override
        public PartitionList convert(String text) {
            try {
                return new PartitionList(PartitionNumbers.parse(text));
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }

    static final class Windows implements ITypeConverter<Window> {

        private static final DateTimeFormatter START = new DateTimeFormatterBuilder()
                .appendPattern("uuuu-MM-dd['T'HH[:mm[:ss]]]")
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                .toFormatter(java.util.Locale.ROOT);

        @Override
        public Window convert(String text) {
            int slash = text.indexOf('/');
            try {
                if (slash > 0) {
                    LocalDateTime start = LocalDateTime.parse(text.substring(0, slash), START);
                    return new Window(start, Duration.parse(text.substring(slash + 1)));
                }
            } catch (DateTimeParseException | IllegalArgumentException wrong) {
                // said below, with the whole text
            }
            throw new TypeConversionException("\"" + text + "\" is not a window such as 2024-01-01T00/P1D");
        }
    }
}
