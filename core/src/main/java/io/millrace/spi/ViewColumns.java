package io.millrace.spi;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** What is known of columns while a plan is made. Settings are paths within the configuration of the strategy that asks. */
public interface ViewColumns {

    /** Returns the columns of a view before the step; empty where they are not known. */
    Optional<StructType> view(String name);

    /**
     * Notes a column that a setting names and that is not among some.
     *
     * @return whether it is there
     */
    boolean require(String setting, String column, StructType columns);

    /**
     * Notes the columns that an expression of a setting names and that are not among some.
     *
     * @return what it yields; empty where that is not known
     */
    Optional<StructType> expression(String setting, String sql, StructType columns);

    /**
     * Notes the columns that a query of a setting names and that its views do not have.
     *
     * @return what it yields; empty where that is not known
     */
    Optional<StructType> query(String setting, String sql);

    /** Returns the columns that rows have after {@code select} of expressions, without noting what is wrong with these. */
    Optional<StructType> select(List<String> expressions, StructType columns);
}
