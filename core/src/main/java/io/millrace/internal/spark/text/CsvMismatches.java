package io.millrace.internal.spark.text;

import com.univocity.parsers.csv.CsvParser;
import io.millrace.internal.spark.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Compares a record of CSV as it is written with what Spark could read of it. Each task has a copy. */
public final class CsvMismatches implements UDF2<String, Row, String> {

    private static final long serialVersionUID = 1L;

    private static final int MOST_CHARACTERS = 40;

    private final StructType columns;
    private final int fields;
    private final CSVOptions csv;
    private transient @Nullable CsvParser parser;

    private CsvMismatches(StructType columns, int fields, Map<String, String> options, String timeZone) {
        this.columns = columns;
        this.fields = fields;
        this.csv = new CSVOptions(ScalaCollections.map(options), false, timeZone);
    }

    /**
     * Returns a function that says in a few words what is wrong with a record: of its text, null where Spark has read all of it, and of its row.
     *
     * @param columns of the row; those that must not be null are missing where they are
     * @param fields how many of them, the first ones, stand in the text; the others come from folders
     * @param options of Spark's reader
     */
    public static UserDefinedFunction of(StructType columns, int fields, Map<String, String> options, String timeZone) {
        return functions.udf(new CsvMismatches(columns, fields, options, timeZone), DataTypes.StringType);
    }

    @Override
    public String call(@Nullable String text, Row row) {
        @Nullable String[] written = text == null ? new String[0] : parser().parseLine(text);
        if (text != null && written != null && written.length != fields) {
            return "the record has " + count(written.length, "field") + ", and there are " + count(fields, "column")
                    + ": " + String.join(", ", List.of(columns.fieldNames()).subList(0, fields));
        }
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < columns.length(); i++) {
            StructField column = columns.fields()[i];
            @Nullable String value = written != null && i < written.length ? written[i] : null;
            if (!row.isNullAt(i)) {
                continue;
            }
            if (value != null && !value.equals(csv.nullValue())) {
                mismatches.add(column.name() + " is no " + column.dataType().sql() + ": \"" + shortened(value) + "\"");
            } else if (!column.nullable()) {
                mismatches.add(column.name() + " is missing");
            }
        }
        return mismatches.isEmpty()
                ? "the record does not fit the columns " + String.join(", ", columns.fieldNames())
                : String.join(", ", mismatches);
    }

    private CsvParser parser() {
        CsvParser current = parser;
        if (current == null) {
            current = new CsvParser(csv.asParserSettings());
            parser = current;
        }
        return current;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }
}
