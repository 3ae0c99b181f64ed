package io.millrace.continuousupdate;

import io.millrace.internal.spark.rows.SettledRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of a batch that are computed once and kept until this is closed. */
final class MaterializedRows implements AutoCloseable {

    private final List<SettledRows> kept = new ArrayList<>();

    /** Computes rows and keeps them. */
    Dataset<Row> keep(Dataset<Row> rows) {
        SettledRows settled = SettledRows.of(rows);
        kept.add(settled);
        return settled.rows();
    }

    /** Lets go of everything. */
    @Override
    public void close() {
        kept.forEach(SettledRows::close);
        kept.clear();
    }
}
