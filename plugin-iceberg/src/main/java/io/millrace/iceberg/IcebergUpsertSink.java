package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.spi.SupportsTableActions;
import io.millrace.spi.upsert.Upsert;
import io.millrace.spi.upsert.UpsertSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Upserts into a table. */
record IcebergUpsertSink(IcebergSink table, Upsert upsert) implements UpsertSink<IcebergSink>, SupportsTableActions {

    @Override
    public String description() {
        return table.description(upsert.description());
    }

    @Override
    public IcebergUpsertSink ofRun() {
        return new IcebergUpsertSink(table, upsert.ofRun());
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        List<String> notes = new ArrayList<>(table.targetNotes(session));
        targetColumns(session).map(upsert::notes).ifPresent(notes::addAll);
        return notes;
    }

    @Override
    public Set<String> tableActions() {
        return table.tableActions();
    }

    @Override
    public Optional<Action> tableAction(String action, ConfigSection options) {
        return table.tableAction(action, options);
    }
}
