package io.millrace.internal.spark.sql;

import io.millrace.config.Suggestion;
import io.millrace.spi.SourceColumn;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a name of a column in a text.
 *
 * @param kind what it is
 * @param name as it is written
 * @param offset where it stands in the text, in characters from 0; negative where that is not known
 * @param known how the columns are written that are there, or that may be meant
 */
public record ColumnProblem(Kind kind, String name, int offset, List<String> known) {

    /** What can be wrong. */
    public enum Kind {
        /** There is no such column. */
        UNKNOWN,
        /** There are several. */
        AMBIGUOUS
    }

    /** Leaves out the column that says where a row comes from: it is not one to choose. */
    public ColumnProblem {
        known = known.stream()
                .filter(each -> !each.replaceFirst("^.*\\.", "").equals(SourceColumn.NAME))
                .toList();
    }

    /** There is no such column. */
    static ColumnProblem unknown(String name, int offset, List<String> known) {
        return new ColumnProblem(Kind.UNKNOWN, name, offset, known);
    }

    /** Returns the same, found at another place. */
    ColumnProblem at(int place) {
        return new ColumnProblem(kind, name, place, known);
    }

    /** Returns the same, with columns to choose from where none are known. */
    ColumnProblem orAmong(String... columns) {
        return known.isEmpty() ? new ColumnProblem(kind, name, offset, List.of(columns)) : this;
    }

    /** Returns the column that is probably meant. */
    Optional<String> meant() {
        return kind == Kind.UNKNOWN ? Suggestion.nearest(name, known) : Optional.empty();
    }

    /** Returns what may be meant: the nearest of the columns that are there, and all of them. */
    public String choice() {
        return Suggestion.among(name, known);
    }

    /** Returns what is wrong, and what may be meant. */
    public String message() {
        return switch (kind) {
            case UNKNOWN -> "there is no column " + name + "; " + choice();
            case AMBIGUOUS -> "there are several columns " + name + "; write one of " + String.join(", ", known);
        };
    }
}
