package io.millrace.deadletter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.ReplayNote;
import io.millrace.internal.state.StateFolder;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.SupportsCommitHistory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The dead letters of a pipegraph's ETLs, wherever they are. Used on the driver. */
public final class DeadLetterBox {

    /** The column that says whether a letter has been sent through its ETL again. */
    public static final String REPLAYED = "replayed";

    private final SparkSession session;
    private final PipegraphPlan plan;

    /** The dead letters of a plan. */
    public DeadLetterBox(SparkSession session, PipegraphPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    /**
     * Returns the letters a filter takes, with the columns of {@link DeadLetter#TYPE} and {@link #REPLAYED}.
     *
     * @throws MillraceException of kind USER where the filter names an ETL that is not there, or one without a place for dead letters, or its
     *     condition cannot be understood
     */
    public Dataset<Row> letters(LetterFilter filter) {
        List<EtlPlan> etls = filter.etl() != null
                ? List.of(etl(filter.etl()))
                : plan.etls().stream()
                        .filter(each -> each.deadLetters().isPresent())
                        .toList();
        Dataset<Row> all = etls.stream()
                .map(this::letters)
                .reduce(Dataset::unionByName)
                .orElseThrow(() -> MillraceException.user("no ETL of pipegraph "
                        + plan.pipegraph().name() + " has a place for dead letters; add dead-letters = MODEL to one"));
        try {
            return all.filter(expr(filter.condition()));
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw SparkErrors.of("the condition " + filter.condition(), wrong);
        }
    }

    /**
     * Returns an ETL that has a place for dead letters.
     *
     * @throws MillraceException of kind USER where there is none of this name, or it has no such place
     */
    public EtlPlan etl(String name) {
        List<String> names = plan.etls().stream().map(EtlPlan::name).toList();
        EtlPlan found = plan.etls().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> MillraceException.user("pipegraph "
                        + plan.pipegraph().name() + " has no ETL \"" + name + "\"; " + Suggestion.among(name, names)));
        if (found.deadLetters().isEmpty()) {
            throw MillraceException.user(
                    "ETL " + name + " has no place for dead letters; add dead-letters = MODEL to it");
        }
        return found;
    }

    private Dataset<Row> letters(EtlPlan etl) {
        PlannedOutput place = etl.deadLetters().orElseThrow();
        return read(etl, place).filter(col("etl").equalTo(etl.name())).withColumn(REPLAYED, replayed(etl));
    }

    private Column replayed(EtlPlan etl) {
        return plan.pipegraph().state().stream()
                .map(folder -> Ledger.ofPipegraph(
                        new StateFolder(session, folder), plan.pipegraph().name()))
                .flatMap(ledger -> ledger.list().stream())
                .filter(entry -> entry.work().equals(ReplayNote.work(etl.name())) && entry.done())
                .map(entry -> ReplayNote.noted(entry.notes()).takes())
                .reduce(Column::or)
                .orElse(lit(false));
    }

    private Dataset<Row> read(EtlPlan etl, PlannedOutput place) {
        String model = place.output().model();
        Source source = etl.deadLetterSource()
                .orElseThrow(() -> MillraceException.user("the dead letters of ETL " + etl.name() + " go to model "
                        + model + ", whose product can be written only"));
        if (place.sink() instanceof SupportsCommitHistory history && !anything(history, etl, place)) {
            return session.createDataFrame(List.of(), DeadLetter.TYPE);
        }
        try {
            Dataset<Row> rows = source.read(new ReadContext(session, Slice.ALL));
            return DeadLetter.typed(source instanceof DecodingSource decoding ? decoding.decode(rows) : rows, model);
        } catch (Exception unreadable) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of(
                    "the dead letters of ETL " + etl.name() + " (" + source.description() + ")", unreadable);
        }
    }

    private boolean anything(SupportsCommitHistory history, EtlPlan etl, PlannedOutput place) {
        List<OutputId> ids = new ArrayList<>(List.of(place.id()));
        etl.outputs().forEach(output -> ids.add(place.id().lettersOf(output.id())));
        return ids.stream().anyMatch(id -> !history.lastBatches(session, id).isEmpty());
    }
}
