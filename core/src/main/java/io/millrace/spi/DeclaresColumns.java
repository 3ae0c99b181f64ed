package io.millrace.spi;

import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A {@link Source} that knows the columns of its rows before any is read, so that the queries that name them are checked when a plan is made. Opens no
 * connection for it.
 */
public interface DeclaresColumns {

    /**
     * Returns the columns as the steps of an ETL see them, without {@link SourceColumn}.
     *
     * @return empty where they are known only when the rows are read
     */
    Optional<StructType> declaredColumns();

    /**
     * Returns whether the rows may have a column that is not declared, such as one by whose values folders are named. A query that names such a column
     * is not wrong for certain; the user is warned. Asked after all models of a plan were decoded.
     */
    default boolean mayHave(String column) {
        return false;
    }
}
