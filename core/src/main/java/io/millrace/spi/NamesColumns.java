package io.millrace.spi;

import java.util.List;

/** A {@link Sink} whose settings name columns of the rows that it is given. They are checked when a plan is made, where the columns are known by then. */
public interface NamesColumns {

    /** Returns what its settings name; rows that lack one of these would be refused. */
    List<NamedColumn> namedColumns();

    /**
     * Returns whether the target may have a value for a column that the rows lack, such as one that a table computes. A setting that names such a column
     * is not wrong for certain; the user is warned.
     */
    default boolean mayCompute(String column) {
        return false;
    }
}
