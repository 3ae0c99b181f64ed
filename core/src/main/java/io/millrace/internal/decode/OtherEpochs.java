package io.millrace.internal.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.internal.spark.text.EpochSeconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.TimestampType;

/** Numbers for a TIMESTAMP that cannot be seconds: most producers count milliseconds. Runs on executors. */
final class OtherEpochs {

    private OtherEpochs() {}

    /** Returns a few words on each such number in a value that could not be read. */
    static List<String> in(DataType type, JsonNode written, String path) {
        List<String> found = new ArrayList<>();
        if (type instanceof TimestampType && isOther(written)) {
            found.add(path + " is " + written.asText()
                    + ": a number for a TIMESTAMP counts seconds, and these are not in the years 1 to 9999; declare it"
                    + " BIGINT, and use timestamp_millis or timestamp_micros");
        } else if (type instanceof ArrayType array) {
            for (int i = 0; i < written.size(); i++) {
                found.addAll(in(array.elementType(), written.path(i), path + "[" + i + "]"));
            }
        } else if (type instanceof MapType map) {
            for (Map.Entry<String, JsonNode> entry : written.properties()) {
                found.addAll(in(map.valueType(), entry.getValue(), path + "." + entry.getKey()));
            }
        }
        return found;
    }

    private static boolean isOther(JsonNode written) {
        return written.isIntegralNumber() && !(written.canConvertToLong() && EpochSeconds.are(written.longValue()));
    }
}
