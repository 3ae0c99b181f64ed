package io.millrace.internal.spark.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.internal.spark.ScalaCollections;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.util.FailureSafeParser;
import org.apache.spark.sql.catalyst.util.PermissiveMode$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;

/**
 * A JSON object in UTF-8, read by Spark's parser as {@code from_json} does. That one hands the parser characters, of which a STRING field cannot get
 * the text back that was written: 12.50 becomes 12.5. From bytes the parser copies it. One is used by the tasks of an executor's JVM, each with a
 * copy.
 */
public final class JsonValue implements Serializable {

    private static final long serialVersionUID = 1L;

    private final StructType fields;
    private final String malformed;
    private final Map<String, String> options;
    private final String timeZone;
    private transient @Nullable FailureSafeParser<byte[]> parser;

    private JsonValue(StructType fields, String malformed, Map<String, String> options, String timeZone) {
        this.fields = fields;
        this.malformed = malformed;
        this.options = new HashMap<>(options);
        this.timeZone = timeZone;
    }

    /**
     * Returns a struct with what could be read of each text; null for a null.
     *
     * @param schema the fields, of which none has to be there
     * @param malformed the name of one more field, the last: the text where something of it could not be read, or else null
     * @param options of {@code from_json}; mode and columnNameOfCorruptRecord are left aside
     */
    public static Column parsed(
            SparkSession session, Column bytes, StructType schema, String malformed, Map<String, String> options) {
        StructType fields = schema.asNullable();
        String timeZone = session.conf().get("spark.sql.session.timeZone");
        Expression value =
                Literal.create(new JsonValue(fields, malformed, options, timeZone), new ObjectType(JsonValue.class));
        return ExpressionUtils.column(new Invoke(
                value,
                "decode",
                fields.add(malformed, DataTypes.StringType),
                ScalaCollections.seq(List.of(ExpressionUtils.expression(bytes))),
                ScalaCollections.seq(List.<AbstractDataType>of()),
                true,
                true,
                true));
    }

    /** Called by Spark. */
    public @Nullable InternalRow decode(byte[] text) {
        FailureSafeParser<byte[]> current = parser;
        if (current == null) {
            JsonReading reading = new JsonReading(fields, new JSONOptions(ScalaCollections.map(options), timeZone, ""));
            current = new FailureSafeParser<>(
                    bytes -> reading.parse(bytes, JsonValue::open, UTF8String::fromBytes),
                    PermissiveMode$.MODULE$,
                    fields.add(malformed, DataTypes.StringType),
                    malformed);
            parser = current;
        }
        Iterator<InternalRow> row = current.parse(text);
        return row.hasNext() ? row.next() : null;
    }

    private static JsonParser open(JsonFactory factory, byte[] text) {
        try {
            return factory.createParser(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", impossible);
        }
    }
}
