package io.millrace.internal.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The records of a whole file: JSON objects one after the other, or the elements of a list, over as many lines as they like. They are only told apart
 * here; what is wrong inside one is for {@link JsonDecoder} to find, and leaves the others as they are. All bytes that are not blank, nor the list's
 * own brackets and commas, belong to one of them. Runs on executors.
 */
public final class JsonFileRecords {

    /** A record's field with its bytes. */
    public static final String BYTES = "bytes";

    /** A record's field with the number of the line in which it begins, the first being 1. */
    public static final String LINE = "line";

    /** A record's field that says in a sentence what is wrong with the file here; null where nothing is. */
    public static final String PROBLEM = "problem";

    /** A function from the bytes of a file to the list of its records. */
    public static final UserDefinedFunction OF_FILE = functions.udf(
            (UDF1<byte[], List<Row>>) JsonFileRecords::of,
            DataTypes.createArrayType(
                    new StructType()
                            .add(BYTES, DataTypes.BinaryType)
                            .add(LINE, DataTypes.LongType)
                            .add(PROBLEM, DataTypes.StringType),
                    false));

    private static final String UNCLOSED = "the file ends within its list: the ] is missing";

    private final byte[] file;
    private final List<Row> records = new ArrayList<>();
    private int counted;
    private long line = 1;

    private JsonFileRecords(byte[] file) {
        this.file = file;
    }

    static List<Row> of(byte[] file) {
        JsonFileRecords records = new JsonFileRecords(file);
        records.find();
        return records.records;
    }

    private void find() {
        int i = JsonBrackets.skipBlanks(file, beginsWithByteOrderMark() ? 3 : 0);
        while (i < file.length) {
            int end = file[i] == '[' ? list(i) : single(i);
            i = JsonBrackets.skipBlanks(file, end);
        }
    }

    private boolean beginsWithByteOrderMark() {
        return file.length >= 3 && file[0] == (byte) 0xef && file[1] == (byte) 0xbb && file[2] == (byte) 0xbf;
    }

    /** Adds an object, or else what stands there to the end of the line; returns the place behind it. */
    private int single(int start) {
        int end = file[start] == '{' ? JsonBrackets.endOfBrackets(file, start) : endOfLine(start);
        int known = end < 0 ? file.length : end;
        add(start, known, null);
        return known;
    }

    /** Adds the elements of a list; returns the place behind it. */
    private int list(int start) {
        int i = JsonBrackets.skipBlanks(file, start + 1);
        if (i < file.length && file[i] == ']') {
            return i + 1;
        }
        while (true) {
            int end = JsonBrackets.endOfElement(file, i);
            boolean unclosed = end == file.length;
            add(i, end, unclosed && isComplete(i, end) ? UNCLOSED : null);
            if (unclosed) {
                return end;
            }
            if (file[end] == ']') {
                return end + 1;
            }
            i = JsonBrackets.skipBlanks(file, end + 1);
        }
    }

    /** An element that is not complete says by itself that the file broke off. */
    private boolean isComplete(int start, int end) {
        return start == end || JsonObject.whole(Arrays.copyOfRange(file, start, end));
    }

    private int endOfLine(int start) {
        int i = start;
        while (i < file.length && file[i] != '\n') {
            i++;
        }
        return i;
    }

    private void add(int start, int end, @Nullable String problem) {
        for (; counted < start; counted++) {
            if (file[counted] == '\n') {
                line++;
            }
        }
        byte[] bytes = Arrays.copyOfRange(file, start, JsonBrackets.trimmed(file, start, end));
        records.add(RowFactory.create(bytes, line, problem));
    }
}
