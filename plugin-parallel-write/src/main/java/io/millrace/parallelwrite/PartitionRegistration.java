package io.millrace.parallelwrite;

import io.millrace.internal.files.WrittenFile;
import io.millrace.parallelwrite.internal.spark.SqlText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Makes partitions known to the table in the session's catalog: those a batch has written, and no others. */
final class PartitionRegistration {

    private static final int PER_STATEMENT = 100;

    private final SparkSession session;
    private final ColdTarget target;

    PartitionRegistration(SparkSession session, ColdTarget target) {
        this.session = session;
        this.target = target;
    }

    /** Adds the partitions of files; those that are known already stay as they are. */
    void add(List<WrittenFile> files) {
        Set<String> specs = new LinkedHashSet<>();
        for (WrittenFile file : files) {
            if (!file.partition().isEmpty()) {
                specs.add(spec(file));
            }
        }
        List<String> all = List.copyOf(specs);
        for (int from = 0; from < all.size(); from += PER_STATEMENT) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PER_STATEMENT));
            session.sql("ALTER TABLE " + target.table() + " ADD IF NOT EXISTS " + String.join(" ", some));
        }
    }

    /** Values are written as texts, which Spark casts to the column's type. */
    private static String spec(WrittenFile file) {
        StringJoiner spec = new StringJoiner(", ", "PARTITION (", ")");
        file.partition().forEach((column, value) -> spec.add(SqlText.identifier(column) + " = " + literal(value)));
        return spec.toString();
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : SqlText.literal(value);
    }
}
