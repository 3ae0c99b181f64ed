package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.delta.DeltaTarget;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Preparation;
import io.millrace.spi.upsert.SideTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table in a folder of another one. Rows are appended to it, which never conflicts with other writers. */
final class DeltaSideTable implements SideTable {

    private static final String FOLDER = "/_millrace/tombstones";

    private final SparkSession session;
    private final DeltaPlace place;

    DeltaSideTable(SparkSession session, DeltaPlace beside) {
        this.session = session;
        this.place = new DeltaPlace(beside.name(), beside.location() + FOLDER, beside.storage());
    }

    @Override
    public long version() {
        return commits().version();
    }

    @Override
    public Dataset<Row> rows() {
        return session.read().format("delta").options(place.storage()).load(place.location());
    }

    @Override
    public CommitOutcome add(Batch batch, Dataset<Row> rows) {
        return Preparation.of("cannot write " + place, () -> {
            if (version() < 0) {
                EmptyTable.create(session, place.location(), rows.schema().asNullable(), List.of(), place.storage());
            }
            DeltaTarget target = new DeltaTarget(commits(), place.toString(), commit -> Map.of());
            return () -> target.append(batch, rows, place.storage());
        });
    }

    @Override
    public void forget(String column, Instant time) {
        DeltaTable table = place.table(session);
        table.delete(col(column).lt(lit(time)));
        table.optimize().executeCompaction();
        table.vacuum();
    }

    private DeltaCommits commits() {
        return place.commits(session);
    }

    /** Returns the folder. */
    @Override
    public String toString() {
        return place.location();
    }
}
