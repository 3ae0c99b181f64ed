package io.millrace.internal.spark.delta;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A file of Parquet of a few rows, written and read on the driver without a job. Columns are texts, whole numbers (BIGINT), times ({@link Instant}) and
 * truths, all of which may be null.
 */
final class SmallParquet {

    private SmallParquet() {}

    static void write(Path file, StructType columns, List<Row> rows, Configuration storage) throws IOException {
        MessageType type = type(columns);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, storage))
                .withType(type)
                .withConf(storage)
                .build()) {
            for (Row row : rows) {
                writer.write(group(type, columns, row));
            }
        }
    }

    static List<Row> read(Path file, StructType columns, Configuration storage) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), file)
                .withConf(storage)
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(row(columns, group));
            }
        }
        return rows;
    }

    private static MessageType type(StructType columns) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (StructField column : columns.fields()) {
            message.addField(type(column));
        }
        return message.named("spark_schema");
    }

    private static Type type(StructField column) {
        if (column.dataType() instanceof StringType) {
            return Types.optional(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(column.name());
        }
        if (column.dataType() instanceof TimestampType) {
            return Types.optional(PrimitiveTypeName.INT64)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                    .named(column.name());
        }
        if (column.dataType() instanceof LongType) {
            return Types.optional(PrimitiveTypeName.INT64).named(column.name());
        }
        if (column.dataType() instanceof BooleanType) {
            return Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
        }
        throw new IllegalArgumentException(column + " is of a type that this cannot write");
    }

    private static Group group(MessageType type, StructType columns, Row row) {
        Group group = new SimpleGroup(type);
        for (int i = 0; i < columns.size(); i++) {
            if (row.isNullAt(i)) {
                continue;
            }
            String name = columns.apply(i).name();
            Object value = row.get(i);
            if (value instanceof Instant time) {
                group.add(name, ChronoUnit.MICROS.between(Instant.EPOCH, time));
            } else if (value instanceof Long number) {
                group.add(name, number.longValue());
            } else if (value instanceof Boolean truth) {
                group.add(name, truth.booleanValue());
            } else {
                group.add(name, (String) value);
            }
        }
        return group;
    }

    /** A column that the file has not is null: a later version may have added it. */
    private static Row row(StructType columns, Group group) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            StructField column = columns.apply(i);
            boolean known = group.getType().containsField(column.name());
            values[i] = known && group.getFieldRepetitionCount(column.name()) > 0 ? value(column, group) : null;
        }
        return RowFactory.create(values);
    }

    private static Object value(StructField column, Group group) {
        String name = column.name();
        if (column.dataType() instanceof TimestampType) {
            return Instant.EPOCH.plus(group.getLong(name, 0), ChronoUnit.MICROS);
        }
        if (column.dataType() instanceof LongType) {
            return group.getLong(name, 0);
        }
        return column.dataType() instanceof BooleanType
                ? group.getBoolean(name, 0)
                : Objects.requireNonNull(group.getString(name, 0));
    }
}
