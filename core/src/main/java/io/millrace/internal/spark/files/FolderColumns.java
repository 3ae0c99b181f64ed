package io.millrace.internal.spark.files;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.rows.QueryPlans;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.RowError;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns that folders such as {@code day=2024-01-03} make. Of which type they are, Spark guesses from the folders' names, and takes {@code
 * code=007} for the number 7. Here a guess counts only where the name of each folder is the very text of its value; otherwise the column is a STRING,
 * and no text is lost.
 */
public final class FolderColumns {

    private FolderColumns() {}

    /**
     * Reads files.
     *
     * @param reader with the schema that is declared, if one is
     * @param declared the columns of which that schema says the types
     */
    public static Dataset<Row> read(DataFrameReader reader, String path, Collection<String> declared) {
        Dataset<Row> rows = reader.load(path);
        List<StructField> texts = Stream.of(in(rows).fields())
                .filter(folder -> !holds(declared, folder.name()))
                .filter(folder -> !rows.schema().apply(folder.name()).dataType().equals(folder.dataType()))
                .toList();
        return texts.isEmpty()
                ? rows
                : reader.schema(with(rows.schema(), texts)).load(path);
    }

    /**
     * Reads files as they come. Columns of folders keep the types of when the stream begins: a folder that comes later, and whose name is not the text
     * of such a value, fails the batch.
     *
     * @param listing of the same files, for a look at the folders that are there
     * @param files the columns, those of folders among them or not
     * @param declared columns whose types are not to be found out; those that are no columns of the files are STRING
     */
    public static Dataset<Row> stream(
            DataFrameReader listing,
            DataStreamReader reader,
            String path,
            StructType files,
            Collection<String> declared) {
        List<String> present = List.of(files.fieldNames());
        List<StructField> folders =
                Stream.of(in(listing.format("text").load(path)).fields()).toList();
        List<StructField> typed = folders.stream()
                .filter(folder -> !holds(declared, folder.name()))
                .toList();
        List<StructField> texts = folders.stream()
                .filter(folder -> typed.contains(folder) || !holds(present, folder.name()))
                .map(FolderColumns::asText)
                .toList();
        Dataset<Row> rows = reader.schema(with(files, texts)).load(path);
        for (StructField folder : typed) {
            if (!folder.equals(asText(folder))) {
                rows = rows.withColumn(folder.name(), typed(folder, path));
            }
        }
        return rows;
    }

    private static boolean holds(Collection<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static StructField asText(StructField field) {
        return new StructField(field.name(), DataTypes.StringType, true, field.metadata());
    }

    /** Returns a type with some fields in the place of those of their names, or behind the others. */
    private static StructType with(StructType type, List<StructField> fields) {
        StructType with = new StructType();
        for (StructField field : type.fields()) {
            with = with.add(fields.stream()
                    .filter(other -> other.name().equalsIgnoreCase(field.name()))
                    .findFirst()
                    .orElse(field));
        }
        for (StructField field : fields) {
            with = holds(List.of(type.fieldNames()), field.name()) ? with : with.add(field);
        }
        return with;
    }

    private static Column typed(StructField folder, String path) {
        Column text = ColumnNames.column(folder.name());
        Column value = text.try_cast(folder.dataType());
        Column mismatch = concat(
                lit("the folder " + folder.name() + "="),
                text,
                lit(" in " + path + " is no " + folder.dataType().sql()
                        + ", as those were that were there when the stream began; name the column in the schema of the"
                        + " model: " + folder.name() + " STRING"));
        return when(text.isNull().or(value.cast("string").eqNullSafe(text)), value)
                .otherwise(RowError.raise(mismatch).cast(folder.dataType()));
    }

    /** The columns that folders make of rows as Spark reads them: of the types that it guesses, or STRING. */
    private static StructType in(Dataset<Row> rows) {
        LogicalPlan plan = QueryPlans.analyzed(rows);
        if (!(plan instanceof LogicalRelation relation
                && relation.relation() instanceof HadoopFsRelation files
                && files.location() instanceof PartitioningAwareFileIndex index)) {
            return new StructType();
        }
        PartitionSpec spec = index.partitionSpec();
        String timeZone = QueryPlans.session(rows).conf().get("spark.sql.session.timeZone");
        StructType columns = new StructType();
        for (int i = 0; i < spec.partitionColumns().length(); i++) {
            StructField column = spec.partitionColumns().apply(i);
            columns = columns.add(isText(spec, i, timeZone) ? column : asText(column));
        }
        return columns;
    }

    /** Whether the name of each folder is the text of its value. */
    private static boolean isText(PartitionSpec spec, int place, String timeZone) {
        StructField column = spec.partitionColumns().apply(place);
        DataType type = column.dataType();
        return type.equals(DataTypes.StringType)
                || CollectionConverters.asJava(spec.partitions()).stream().allMatch(partition -> {
                    Object value = partition.values().get(place, type);
                    String name = PartitionPath.values(partition.path() + "/").get(column.name());
                    return value == null || text(value, type, timeZone).equals(name);
                });
    }

    private static String text(Object value, DataType type, String timeZone) {
        return String.valueOf(
                new Cast(Literal.create(value, type), DataTypes.StringType, Option.apply(timeZone)).eval(null));
    }
}
