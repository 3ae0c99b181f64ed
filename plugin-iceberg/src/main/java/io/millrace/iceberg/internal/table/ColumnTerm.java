package io.millrace.iceberg.internal.table;

import io.millrace.config.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column, or what a transform makes of it: {@code id}, {@code month(date_col)}, {@code bucket(16, id)}.
 *
 * @param number of buckets, or the width; 0 for transforms that take none
 * @param column with dots between the fields of a struct
 */
record ColumnTerm(Kind kind, int number, String column) {

    private static final Pattern CALL =
            Pattern.compile("([A-Za-z]+)\\s*\\(\\s*(?:([^,()]*?)\\s*,)?\\s*([^,()]+?)\\s*\\)");
    private static final Pattern COLUMN = Pattern.compile("[^\\s(),]+");

    /** What is made of a column. */
    enum Kind {
        IDENTITY(""),
        YEAR(""),
        MONTH(""),
        DAY(""),
        HOUR(""),
        BUCKET("a number of buckets: bucket(16, %s)"),
        TRUNCATE("a width: truncate(4, %s)");

        private final String needs;

        Kind(String needs) {
            this.needs = needs;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Takes plurals too, as Spark's SQL has them. */
        static Optional<Kind> of(String word) {
            String singular = word.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
            return Stream.of(values())
                    .filter(kind -> kind.word().equals(singular))
                    .findFirst();
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong about the text, to follow it in a message
     */
    static ColumnTerm parse(String text) {
        String plain = text.strip().replace("`", "");
        if (COLUMN.matcher(plain).matches()) {
            return new ColumnTerm(Kind.IDENTITY, 0, plain);
        }
        Matcher call = CALL.matcher(plain);
        if (!call.matches()) {
            throw new IllegalArgumentException(
                    "is neither a column nor a transform of one, such as month(day) or bucket(16, id)");
        }
        String column = call.group(3);
        Kind kind = Kind.of(call.group(1))
                .orElseThrow(() -> new IllegalArgumentException("has an unknown transform; "
                        + Suggestion.among(
                                call.group(1),
                                Stream.of(Kind.values()).map(Kind::word).toList())));
        return new ColumnTerm(kind, number(kind, call.group(2), column), column);
    }

    private static int number(Kind kind, @Nullable String written, String column) {
        if (kind.needs.isEmpty()) {
            if (written != null) {
                throw new IllegalArgumentException("has a number too many: write " + kind.word() + "(" + column + ")");
            }
            return 0;
        }
        if (written == null || !written.matches("0*[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("needs " + String.format(Locale.ROOT, kind.needs, column));
        }
        return Integer.parseInt(written);
    }

    /**
     * Returns the same with the column as a schema writes it.
     *
     * @throws IllegalArgumentException where the schema has no such column
     */
    ColumnTerm in(Schema schema) {
        Types.NestedField field = schema.caseInsensitiveFindField(column);
        if (field == null) {
            List<String> columns =
                    schema.columns().stream().map(Types.NestedField::name).toList();
            throw new IllegalArgumentException(
                    "there is no column " + column + "; " + Suggestion.among(column, columns));
        }
        return new ColumnTerm(kind, number, schema.findColumnName(field.fieldId()));
    }

    Term iceberg() {
        return switch (kind) {
            case IDENTITY -> Expressions.ref(column);
            case YEAR -> Expressions.year(column);
            case MONTH -> Expressions.month(column);
            case DAY -> Expressions.day(column);
            case HOUR -> Expressions.hour(column);
            case BUCKET -> Expressions.bucket(column, number);
            case TRUNCATE -> Expressions.truncate(column, number);
        };
    }

    /** As it is written. */
    @Override
    public String toString() {
        return kind.word() + "(" + (number == 0 ? "" : number + ", ") + column + ")";
    }
}
