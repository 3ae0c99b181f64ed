package io.millrace.kafka.internal.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.Container;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.spark.sql.avro.AvroDeserializer;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary form into Spark's rows at once, without Avro's objects in between. How values of one schema become values of another is said by
 * Avro's own {@link Resolver}, as it is for Avro's readers. Only for the types that most records are made of; the result is that of {@link
 * GenericDatumReader} and Spark's {@link AvroDeserializer}.
 */
final class DirectAvro {

    private static final Map<Schema.Type, List<String>> LOGICAL = Map.of(
            Schema.Type.INT, List.of("date"),
            Schema.Type.LONG,
                    List.of(
                            "timestamp-millis",
                            "timestamp-micros",
                            "local-timestamp-millis",
                            "local-timestamp-micros"));

    private DirectAvro() {}

    /** Returns a reader of records; empty where one of the types is not for it. */
    static Optional<ValueReader> of(Schema writer, Schema reader, GenericData data) {
        return covers(reader) ? Optional.of(reader(Resolver.resolve(writer, reader, data), reader)) : Optional.empty();
    }

    private static boolean covers(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null
                && !LOGICAL.getOrDefault(schema.getType(), List.of()).contains(logical.getName())) {
            return false;
        }
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().allMatch(field -> covers(field.schema()));
            case ARRAY -> covers(schema.getElementType());
            case MAP -> covers(schema.getValueType());
            case UNION -> schema.getTypes().size() == 2 && schema.isNullable() && covers(present(schema));
            case NULL -> false;
            default -> true;
        };
    }

    /** The type beside null. */
    private static Schema present(Schema union) {
        return union.getTypes().get(union.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    private static ValueReader reader(Action action, Schema reader) {
        if (action instanceof ErrorAction error) {
            return from -> {
                throw new AvroTypeException(error.toString());
            };
        }
        if (action instanceof WriterUnion union) {
            ValueReader[] branches = new ValueReader[union.actions.length];
            for (int i = 0; i < branches.length; i++) {
                branches[i] = reader(
                        union.actions[i], union.unionEquiv ? reader.getTypes().get(i) : reader);
            }
            return from -> branches[from.readIndex()].read(from);
        }
        if (action instanceof ReaderUnion union) {
            return reader(union.actualAction, reader.getTypes().get(union.firstMatch));
        }
        if (action instanceof RecordAdjust record) {
            return record(record, reader);
        }
        if (action instanceof Container container) {
            return reader.getType() == Schema.Type.ARRAY
                    ? array(reader(container.elementAction, reader.getElementType()))
                    : map(reader(container.elementAction, reader.getValueType()));
        }
        if (action instanceof EnumAdjust symbols) {
            return symbols(symbols, reader);
        }
        return scaled(plain(action.writer.getType(), reader.getType(), reader), reader);
    }

    private static ValueReader record(RecordAdjust record, Schema reader) {
        int width = reader.getFields().size();
        int length = record.fieldActions.length;
        ValueReader[] fields = new ValueReader[length];
        int[] places = new int[length];
        int read = 0;
        for (int i = 0; i < length; i++) {
            Action action = record.fieldActions[i];
            if (action instanceof Resolver.Skip) {
                Schema skipped = action.writer;
                places[i] = -1;
                fields[i] = from -> {
                    GenericDatumReader.skip(skipped, from);
                    return null;
                };
            } else {
                Schema.Field field = record.readerOrder[read++];
                places[i] = field.pos();
                fields[i] = reader(action, field.schema());
            }
        }
        @Nullable Object[] template = new @Nullable Object[width];
        for (int i = record.firstDefault; i < record.readerOrder.length; i++) {
            Schema.Field field = record.readerOrder[i];
            template[field.pos()] = ofSpark(record.defaults[i - record.firstDefault], field.schema());
        }
        return from -> {
            @Nullable Object[] row = template.clone();
            for (int i = 0; i < length; i++) {
                Object value = fields[i].read(from);
                if (places[i] >= 0) {
                    row[places[i]] = value;
                }
            }
            return new GenericInternalRow(row);
        };
    }

    /** Converts a default once; rows share it. */
    private static @Nullable Object ofSpark(@Nullable Object value, Schema schema) {
        if (value == null) {
            return null;
        }
        DataType type = SchemaConverters.toSqlType(schema).dataType();
        return new AvroDeserializer(schema, type, "CORRECTED", false, "", -1)
                .deserialize(value)
                .get();
    }

    private static ValueReader array(ValueReader element) {
        return from -> {
            List<@Nullable Object> elements = new ArrayList<>();
            for (long block = from.readArrayStart(); block > 0; block = from.arrayNext()) {
                for (long i = 0; i < block; i++) {
                    elements.add(element.read(from));
                }
            }
            return new GenericArrayData(elements.toArray());
        };
    }

    private static ValueReader map(ValueReader value) {
        return from -> {
            Map<UTF8String, @Nullable Object> entries = new LinkedHashMap<>();
            for (long block = from.readMapStart(); block > 0; block = from.mapNext()) {
                for (long i = 0; i < block; i++) {
                    entries.put(UTF8String.fromBytes(from.readByteArray()), value.read(from));
                }
            }
            return new ArrayBasedMapData(
                    new GenericArrayData(entries.keySet().toArray()),
                    new GenericArrayData(entries.values().toArray()));
        };
    }

    private static ValueReader symbols(EnumAdjust symbols, Schema reader) {
        UTF8String[] texts =
                reader.getEnumSymbols().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
        return from -> {
            int written = from.readEnum();
            int symbol = symbols.adjustments[written];
            if (symbol < 0) {
                throw new AvroTypeException(
                        "No match for " + symbols.writer.getEnumSymbols().get(written));
            }
            return texts[symbol];
        };
    }

    /** Values of the type they were written with, or promoted to a wider one. */
    private static ValueReader plain(Schema.Type written, Schema.Type wanted, Schema reader) {
        return switch (wanted) {
            case BOOLEAN -> BoundedDecoder::readBoolean;
            case INT -> BoundedDecoder::readInt;
            case LONG -> written == Schema.Type.INT ? from -> (long) from.readInt() : BoundedDecoder::readLong;
            case FLOAT ->
                switch (written) {
                    case INT -> from -> (float) from.readInt();
                    case LONG -> from -> (float) from.readLong();
                    default -> BoundedDecoder::readFloat;
                };
            case DOUBLE ->
                switch (written) {
                    case INT -> from -> (double) from.readInt();
                    case LONG -> from -> (double) from.readLong();
                    case FLOAT -> from -> (double) from.readFloat();
                    default -> BoundedDecoder::readDouble;
                };
            case STRING -> from -> UTF8String.fromBytes(from.readByteArray());
            case BYTES -> BoundedDecoder::readByteArray;
            case FIXED -> from -> fixed(from, reader.getFixedSize());
            case NULL -> from -> null;
            default -> throw new IllegalArgumentException(written + " as " + wanted);
        };
    }

    private static byte[] fixed(BoundedDecoder from, int size) {
        byte[] bytes = new byte[size];
        from.readFixed(bytes, 0, size);
        return bytes;
    }

    /** Spark keeps times in microseconds. */
    private static ValueReader scaled(ValueReader number, Schema reader) {
        LogicalType logical = reader.getLogicalType();
        if (logical == null || !logical.getName().endsWith("timestamp-millis")) {
            return number;
        }
        return from -> Math.multiplyExact((Long) Objects.requireNonNull(number.read(from)), 1000L);
    }
}
