package io.millrace.internal.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Compares an object as it is written with what could be read of it. Runs on executors. */
final class Mismatches {

    private final List<String> found = new ArrayList<>();

    private Mismatches() {}

    /** Returns a few words on each field that could not be read, or is missing. */
    static List<String> of(StructType type, JsonNode written, JsonNode read) {
        Mismatches mismatches = new Mismatches();
        mismatches.fields(type, written, read, "");
        return mismatches.found;
    }

    private void fields(StructType type, JsonNode written, JsonNode read, String before) {
        for (StructField field : type.fields()) {
            String path = before + field.name();
            JsonNode value = written.path(field.name());
            if (!written.hasNonNull(field.name())) {
                if (!field.nullable()) {
                    found.add(path + " is missing");
                }
            } else if (!read.hasNonNull(field.name())) {
                List<String> epochs = OtherEpochs.in(field.dataType(), value, path);
                found.addAll(
                        epochs.isEmpty()
                                ? List.of(path + " is no " + field.dataType().sql())
                                : epochs);
            } else {
                inside(field.dataType(), value, read.get(field.name()), path);
            }
        }
    }

    private void inside(DataType type, JsonNode written, JsonNode read, String path) {
        if (type instanceof StructType struct) {
            fields(struct, written, read, path + ".");
        } else if (type instanceof ArrayType array) {
            for (int i = 0; i < written.size(); i++) {
                inside(array.elementType(), written.path(i), read.path(i), path + "[" + i + "]");
            }
        } else if (type instanceof MapType map) {
            for (Map.Entry<String, JsonNode> entry : written.properties()) {
                inside(map.valueType(), entry.getValue(), read.path(entry.getKey()), path + "." + entry.getKey());
            }
        }
    }
}
