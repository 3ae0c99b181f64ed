package io.millrace.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.rows.Sampled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that are written, of which the first are shown in the report. They are taken from the letters on their way into the sink: nothing is
 * read a second time, and a batch without dead letters does not come here at all.
 */
final class DeadLetterSampler {

    private static final int MOST_CHARACTERS = 120;
    private static final int MOST_OF_A_REASON = 200;

    /** Enough for one character more than is shown, whatever characters they are. */
    private static final int MOST_BYTES = 4 * (MOST_CHARACTERS + 1);

    private final Sampled sampled;

    DeadLetterSampler(Dataset<Row> letters) {
        Column position = when(col("position").isNotNull(), concat(lit(":"), col("position")))
                .otherwise("");
        Column record = concat_ws("/", col("topic"), col("partition"), col("offset"));
        Column file = concat(col("path"), position);
        this.sampled = Sampled.of(
                letters,
                List.of(
                        col("stage"),
                        col("reason_code"),
                        left(col("reason"), lit(MOST_OF_A_REASON + 1)).as("reason"),
                        when(col("topic").isNotNull(), record).otherwise(file).as("from"),
                        coalesce(
                                        substring(col("value"), 1, MOST_BYTES),
                                        left(col("row"), lit(MOST_CHARACTERS + 1))
                                                .cast("binary"))
                                .as("value")),
                col("reason_code"),
                DeadLetterSample.MOST_OF_A_REASON,
                DeadLetterSample.MOST);
    }

    /** Returns the letters, to be written. */
    Dataset<Row> rows() {
        return sampled.rows();
    }

    /** Returns the first of them, after they were written; none where an earlier attempt had written them. */
    List<DeadLetterSample> first() {
        return sampled.first().stream().map(DeadLetterSampler::sample).toList();
    }

    private static DeadLetterSample sample(Row row) {
        @Nullable String reason = row.getAs("reason");
        @Nullable String from = row.getAs("from");
        byte @Nullable [] value = row.getAs("value");
        return new DeadLetterSample(
                row.getAs("stage"),
                row.getAs("reason_code"),
                reason == null ? null : shortened(reason, MOST_OF_A_REASON),
                from == null ? null : withoutUser(from),
                value == null ? null : text(value));
    }

    /** The address of a file may hold a name and a password. */
    private static String withoutUser(String from) {
        return from.replaceFirst("://[^/@]*@", "://");
    }

    static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean whole = bytes.length < MOST_BYTES; // where it was cut, the last character may be, too
        if (decoder.decode(ByteBuffer.wrap(bytes), text, whole).isError()) {
            int shown = Math.min(bytes.length, MOST_CHARACTERS / 2);
            String hex = HexFormat.of().withUpperCase().formatHex(bytes, 0, shown);
            return "0x" + hex + (shown < bytes.length ? "…" : "");
        }
        return shortened(text.flip().toString(), MOST_CHARACTERS);
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
