package io.millrace.internal.spark.sql;

import io.millrace.config.ConfigSection;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** A setting that lists columns as CREATE TABLE does: {@code id BIGINT NOT NULL, name STRING}. */
public final class DeclaredColumns {

    private DeclaredColumns() {}

    /** Reads the setting; empty where it is absent, or not a list of columns, which is noted on it. */
    public static Optional<StructType> in(ConfigSection section, String key) {
        return section.optionalString(key).flatMap(ddl -> parsed(section, key, ddl));
    }

    private static Optional<StructType> parsed(ConfigSection section, String key, String ddl) {
        try {
            return Optional.of(SqlSyntax.schema(ddl));
        } catch (SqlSyntax.SyntaxException wrong) {
            section.problem(key, "is not a list of columns: " + wrong.getMessage());
            return Optional.empty();
        }
    }
}
