package io.millrace.internal.spark.delta;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.spi.BatchId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaConfigs$;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.commands.DMLUtils;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.execution.datasources.LogicalRelation$;
import org.apache.spark.sql.sources.BaseRelation;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Rows of a batch, written into a Delta table as one commit.
 *
 * <p>It is what {@code DataFrameWriter.save} does with {@link DeltaCommits#options}, but for the way in which it looks whether the batch is there:
 * Delta computes the table's state for that, a job before every write; {@link DeltaTransactions} looks at what lies beside the newest version.
 */
final class DeltaBatch {

    private final DeltaLog log;
    private final Option<CatalogTable> table;
    private final BatchId id;
    private final Dataset<Row> rows;
    private boolean committing;

    /** The table is that of the catalog, where the catalog has it. */
    DeltaBatch(DeltaLog log, Option<CatalogTable> table, BatchId id, Dataset<Row> rows) {
        this.log = log;
        this.table = table;
        this.id = id;
        this.rows = rows;
    }

    /** Returns whether the commit has begun: until then nothing of the batch is in the table, whatever fails. */
    boolean committing() {
        return committing;
    }

    /** Writes, or does nothing where the table holds the batch: then it returns false. */
    boolean write(SaveMode mode, List<String> partitionBy, Map<String, String> writerOptions) {
        SparkSession session = (SparkSession) rows.sparkSession();
        Map<String, String> all = new HashMap<>(writerOptions);
        all.putAll(DeltaCommits.options(id));
        DeltaOptions options = new DeltaOptions(
                ScalaCollections.map(all), session.sessionState().conf());
        Seq<String> partitions = ScalaCollections.seq(partitionBy);
        WriteIntoDelta write =
                new WriteIntoDelta(log, mode, options, partitions, properties(all), rows, table, Option.empty(), false);
        DeltaOperations.Write operation = new DeltaOperations.Write(
                mode,
                Option.apply(partitions),
                options.replaceWhere(),
                options.userMetadata(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty());
        session.withActive(() -> log.withNewTransaction(table, Option.empty(), transaction -> {
            if (!holds(transaction)) {
                commit(
                        transaction,
                        write.writeAndReturnCommitData(transaction, session, Option.empty(), false),
                        operation);
            }
            return null;
        }));
        if (!committing) {
            return false;
        }
        session.sharedState().cacheManager().recacheByPlan(session, LogicalRelation$.MODULE$.apply(relation(), false));
        return true;
    }

    private BaseRelation relation() {
        return log.createRelation(ScalaCollections.seq(List.<Expression>of()), Option.empty(), table, false);
    }

    /** Looks, and makes the transaction fail where somebody commits the same batch before it does. */
    private boolean holds(OptimisticTransaction transaction) {
        transaction.readTxn().$plus$eq(id.queryId());
        try {
            Long last = DeltaTransactions.of(log, transaction.snapshot()).get(id.queryId());
            return last != null && last >= id.number();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void commit(
            OptimisticTransaction transaction,
            DMLUtils.TaggedCommitData<Action> data,
            DeltaOperations.Write operation) {
        committing = true;
        transaction.commitIfNeeded(data.actions(), operation, data.stringTags());
    }

    /** Returns the options that are properties of a table that is made. */
    private static scala.collection.immutable.Map<String, String> properties(Map<String, String> options) {
        Map<String, String> properties = new HashMap<>(options);
        properties.keySet().removeIf(option -> !option.startsWith("delta."));
        return DeltaConfigs$.MODULE$.validateConfigurations(ScalaCollections.map(properties));
    }
}
