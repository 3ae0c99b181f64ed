package io.millrace.spi.upsert;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.NamedColumn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** An upsert into one table, as planned. Immutable: what is to be remembered from batch to batch belongs to {@link #ofRun}. */
public interface Upsert {

    /** Returns how it writes, such as {@code upsert by order_id, newest updated_at stays}. */
    String description();

    /** Returns the upsert of one run, used by one thread at a time, as in {@link io.millrace.spi.Sink#ofRun}. */
    Upsert ofRun();

    /** Writes a batch, each once, as in {@link io.millrace.spi.Sink#write}. */
    CommitOutcome write(Batch batch);

    /** Tells a person what batches did, as in {@link io.millrace.spi.Sink#summary}. */
    List<String> summary(List<Map<String, Object>> details);

    /** Returns the columns that its settings name, as in {@link io.millrace.spi.NamesColumns}. */
    List<NamedColumn> namedColumns();

    /** Returns the names of columns that it makes use of though the table need not have them, such as one that says that a row deletes its key. */
    Set<String> inputColumns();

    /** Returns what is worth knowing before the first batch about a table of these columns, a line each. */
    List<String> notes(StructType table);

    /** Does what is due after the table's files were rewritten, and returns the result with what came of it. */
    CompactionResult compacted(SparkSession session, CompactionResult result);
}
