package io.millrace.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The shop's customers: a small table that does not change, {@code customers.csv} in the example's folder. */
final class Customers {

    private static final String CSV = read();
    private static final List<String> IDS = CSV.lines()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();

    private Customers() {}

    /** Returns them as CSV with a header: customer, name, segment. */
    static String csv() {
        return CSV;
    }

    static List<String> ids() {
        return IDS;
    }

    private static String read() {
        try (InputStream resource = Objects.requireNonNull(Customers.class.getResourceAsStream("customers.csv"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
