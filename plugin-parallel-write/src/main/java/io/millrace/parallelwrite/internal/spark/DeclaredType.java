package io.millrace.parallelwrite.internal.spark;

import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The columns that a declaration lists. */
public final class DeclaredType {

    private DeclaredType() {}

    /** Returns them; empty where the text is no list of columns, which is a problem that somebody else notes. */
    public static Optional<StructType> of(String ddl) {
        try {
            return Optional.of(SqlSyntax.schema(ddl));
        } catch (SqlSyntax.SyntaxException noColumns) {
            return Optional.empty();
        }
    }
}
