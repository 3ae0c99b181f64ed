package io.millrace.product;

import io.millrace.model.ModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model of product {@code values}: rows that are written into the program; for tests and first steps.
 *
 * <pre>{@code
 * Values.of("id BIGINT, name STRING").row(Map.of("id", 1, "name", "one"))
 * }</pre>
 */
public final class Values extends ModelBuilder<Values> {

    private final List<Map<String, ?>> rows = new ArrayList<>();

    private Values(String columns) {
        super("values");
        set("schema", columns);
    }

    /** Rows of these columns, as in CREATE TABLE; none so far. */
    public static Values of(String columns) {
        return new Values(columns);
    }

    /** Adds a row: column to value. Columns left out are NULL. */
    public Values row(Map<String, ?> values) {
        rows.add(Map.copyOf(values));
        return set("rows", rows);
    }
}
