package io.millrace.iceberg;

import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.ReplacementContract;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table of which runs replace a part. */
@ExtendWith(MillraceSession.class)
class IcebergReplacementIT extends ReplacementContract {

    private final Lake lake;
    private final String table;

    IcebergReplacementIT(SparkSession session, @TempDir Path folder) {
        super(session, folder);
        this.lake = new Lake(session, folder.resolve("lake"));
        this.table = lake.newTable();
    }

    @Override
    protected String settings() {
        return lake.settings();
    }

    @Override
    protected String appending() {
        return "{ product = iceberg, value { table = " + table + ", partition-by = [ day ] } }";
    }

    @Override
    protected String replacingPartitions() {
        return "{ product = iceberg, value { table = " + table
                + ", partition-by = [ day ], save-mode = overwrite, overwrite = dynamic } }";
    }

    @Override
    protected String description() {
        return "Iceberg table " + table + ", append, partitioned by identity(day)";
    }

    @Override
    protected Dataset<Row> rows() {
        return lake.rows(table);
    }
}
