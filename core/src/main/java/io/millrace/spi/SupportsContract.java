package io.millrace.spi;

import io.millrace.model.SchemaContract;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A sink whose target has columns of its own, so that an ETL's {@link SchemaContract} can say what becomes of rows that have others. With {@link
 * SchemaContract.Policy#EVOLVE}, which it finds in its {@link OutputContext}, it gives the target the columns it lacks by itself. What has to be kept out
 * is kept out before the rows come to it; it leaves out what the target has no column for.
 */
public interface SupportsContract {

    /**
     * Returns the target's columns as they are now; creates nothing.
     *
     * @return empty where there is no target yet, and the rows will make it
     */
    Optional<StructType> targetColumns(SparkSession session);

    /** Returns the names of columns that it makes use of though the target need not have them; none by default. */
    default Set<String> columnsOfItsOwn() {
        return Set.of();
    }
}
