package io.millrace.continuousupdate.internal.spark;

import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/** Columns of type CHAR(n): Spark calls them STRING, keeps what they are beside that, and fills their values up with blanks where it reads them. */
public final class CharColumns {

    private CharColumns() {}

    /** Returns how many characters a column's values have; empty where it is not of type CHAR. */
    public static OptionalInt length(StructField column) {
        if (column.dataType() instanceof CharType type) {
            return OptionalInt.of(type.length());
        }
        Option<org.apache.spark.sql.types.DataType> written = CharVarcharUtils.getRawType(column.metadata());
        return written.isDefined() && written.get() instanceof CharType type
                ? OptionalInt.of(type.length())
                : OptionalInt.empty();
    }

    /** Returns a value as it has to be to equal one that is read from a column. */
    public static Column comparable(SparkSession session, Column value, StructField column) {
        OptionalInt length = length(column);
        boolean padded = session.conf()
                .get(SQLConf.READ_SIDE_CHAR_PADDING().key(), "true")
                .equals("true");
        return length.isPresent() && padded ? functions.rpad(value, length.getAsInt(), " ") : value;
    }
}
