package io.millrace.product;

import io.millrace.model.ModelBuilder;

/** A model of product {@code console}, which prints the first rows of each batch; for a look while a pipegraph is being written. */
public final class Console extends ModelBuilder<Console> {

    private Console() {
        super("console");
    }

    /** Prints as many rows, and as much of each value, as is usual. */
    public static Console print() {
        return new Console();
    }

    /** Says how many rows of a batch are printed at most. */
    public Console rows(int most) {
        return set("rows", most);
    }

    /** Says how many characters of a value are printed at most. */
    public Console truncate(int characters) {
        return set("truncate", characters);
    }
}
