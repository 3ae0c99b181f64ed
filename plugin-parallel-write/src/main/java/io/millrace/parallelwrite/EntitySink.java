package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityExchange;
import io.millrace.catalog.ParallelWriteEntity;
import io.millrace.catalog.PlanRequest;
import io.millrace.catalog.WriteExecutionPlan;
import io.millrace.catalog.WriteExecutionPlan.Cold;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsContract;
import io.millrace.spi.SupportsDiscard;
import io.millrace.spi.SupportsReplacement;
import io.millrace.spi.SupportsTargetNotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes batches into one entity: leads the exchange with it, and has the rows written in between. */
final class EntitySink
        implements Sink,
                SupportsReplacement,
                NamesColumns,
                SupportsContract,
                SupportsCommitHistory,
                SupportsDiscard,
                SupportsTargetNotes,
                SupportsCompaction {

    private final CatalogOfRun catalog;
    private final CatalogCoordinates coordinates;
    private final DeclaredEntity declared;
    private final ColdPlanExecutor writes;

    EntitySink(CatalogOfRun catalog, DeclaredEntity declared, ColdPlanExecutor writes) {
        this.catalog = catalog;
        this.declared = declared;
        this.coordinates = writes.targets().coordinates();
        this.writes = writes;
    }

    @Override
    public String description() {
        return "entity " + coordinates + ": " + writes.writer().description();
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(writes.writer().replacedRows());
    }

    @Override
    public Optional<String> replacementProblem(Set<String> columns) {
        return writes.writer().replacementProblem().or(() -> declared.replacementProblem(columns));
    }

    @Override
    public EntitySink ofRun() {
        return new EntitySink(catalog, declared, writes.ofRun());
    }

    /** What the writer makes use of, and the columns of partitions. */
    @Override
    public List<NamedColumn> namedColumns() {
        Stream<NamedColumn> partitions =
                declared.partitionBy().stream().map(column -> NamedColumn.name("entityDetails", column));
        return Stream.concat(writes.writer().namedColumns().stream(), partitions)
                .toList();
    }

    @Override
    public boolean mayCompute(String column) {
        return declared.mayDiffer();
    }

    @Override
    public List<String> summary(List<Map<String, Object>> details) {
        return writes.writer().summary(details);
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("entity " + coordinates + ": its rows cannot be computed", () -> {
            ParallelWriteEntity entity = catalog.entity(coordinates);
            boolean adds = batch.replaces() == null && writes.writer().replacedRows() != ReplacedRows.ALL;
            boolean nothing = entity.remote() && adds && batch.isEmpty();
            return () -> nothing ? new Committed("", Counts.NONE) : exchanged(batch, entity);
        });
    }

    private CommitOutcome exchanged(Batch batch, ParallelWriteEntity entity) {
        ExchangeAttempt attempt = new ExchangeAttempt(coordinates, plan -> write(batch, plan, entity));
        EntityExchange exchange = new EntityExchange(coordinates, entity, catalog.exchange());
        CommitOutcome outcome;
        try {
            outcome = exchange.write(
                    PlanRequest.unfiltered(), batch.id().correlationId(), attempt::write, ExchangeAttempt::known);
        } catch (RuntimeException failed) {
            outcome = attempt.outcomeOf(failed);
        }
        attempt.rethrow();
        return outcome;
    }

    private CommitOutcome write(Batch batch, WriteExecutionPlan plan, ParallelWriteEntity entity) {
        return plan instanceof Cold cold
                ? writes.write(batch, cold)
                : new HotPlanExecutor(coordinates, writes.writer()).write(batch, entity.hot());
    }

    @Override
    public Optional<StructType> targetColumns(SparkSession session) {
        return writes.targets().tables().columns(session, coordinates);
    }

    @Override
    public Set<String> columnsOfItsOwn() {
        return writes.writer().inputColumns();
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        return writes.writer()
                .notes(writes.targets().tables().rows(session, coordinates).schema());
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return writes.targets()
                .known(session)
                .map(target -> writes.writer().lastBatches(session, output, target))
                .orElse(Map.of());
    }

    @Override
    public void discard(SparkSession session, OutputId output, String request) {
        writes.targets().known(session).ifPresent(target -> writes.writer().discard(session, output, request, target));
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return writes.targets()
                .known(session)
                .map(target -> writes.compact(session, request, target))
                .orElseGet(() -> CompactionResult.nothing("where its files lie is not known: it has no table yet"));
    }
}
