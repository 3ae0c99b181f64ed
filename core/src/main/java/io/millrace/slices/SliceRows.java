package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.spi.Slice;
import java.time.Duration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Entries as rows of the ledger's table. */
final class SliceRows {

    static final StructType COLUMNS = StructType.fromDDL("pipegraph STRING, slice STRING, state STRING, run STRING,"
            + " attempt BIGINT, version STRING, done_version STRING, owner STRING, started TIMESTAMP, finished TIMESTAMP,"
            + " rows_read BIGINT, rows_written BIGINT, duration_ms BIGINT, reason STRING, failure STRING");

    private SliceRows() {}

    static Row row(String pipegraph, SliceEntry entry) {
        return RowFactory.create(
                pipegraph,
                entry.slice().toString(),
                entry.state().name(),
                entry.run(),
                (long) entry.attempt(),
                entry.version(),
                entry.doneVersion(),
                entry.claimedBy(),
                entry.started(),
                entry.finished(),
                entry.figures().rowsRead(),
                entry.figures().rowsWritten(),
                entry.figures().duration().toMillis(),
                entry.reason(),
                entry.failure());
    }

    static boolean isOf(String pipegraph, Row row) {
        return pipegraph.equals(row.getString(0));
    }

    /** @param place the ledger, for the message where somebody has changed a row so that it cannot be understood */
    static SliceEntry entry(Row row, String place) {
        try {
            return new SliceEntry(
                    Slice.parse(row.getString(1)),
                    SliceState.valueOf(row.getString(2)),
                    row.getString(3),
                    (int) row.getLong(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getAs(8),
                    row.getAs(9),
                    new Figures(row.getLong(10), row.getLong(11), Duration.ofMillis(row.getLong(12))),
                    row.getString(13),
                    row.getString(14));
        } catch (IllegalArgumentException | NullPointerException | ClassCastException changed) {
            throw MillraceException.external(
                    "the slice ledger in " + place + " has a row that Millrace did not write: " + row + ": "
                            + changed.getMessage() + "; mend or delete it, by SQL",
                    changed);
        }
    }
}
