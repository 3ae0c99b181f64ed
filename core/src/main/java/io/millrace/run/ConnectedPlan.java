package io.millrace.run;

import static org.apache.spark.sql.functions.expr;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.Sessions;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.SupportsTargetNotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a session knows about a plan besides: the tables, columns and types that text alone does not tell. Nothing is computed or written.
 *
 * @param etls in the plan's order
 */
public record ConnectedPlan(List<ConnectedEtl> etls) {

    /**
     * What is known of one ETL.
     *
     * @param etl its name
     * @param columns the columns that go to its outputs, in DDL; empty where a problem hides them
     * @param notes what its outputs say about their targets
     * @param problems what would fail
     * @param unknown what cannot be known before the ETLs have run whose outputs it reads
     */
    public record ConnectedEtl(
            String etl, String columns, List<String> notes, List<String> problems, List<String> unknown) {

        /** Copies the lists. */
        public ConnectedEtl {
            notes = List.copyOf(notes);
            problems = List.copyOf(problems);
            unknown = List.copyOf(unknown);
        }
    }

    /** Copies the list. */
    public ConnectedPlan {
        etls = List.copyOf(etls);
    }

    /** Returns how many problems there are. */
    public int problems() {
        return etls.stream().mapToInt(etl -> etl.problems().size()).sum();
    }

    /** Resolves a plan against a session. Strategies are asked for their Datasets. */
    public static ConnectedPlan of(SparkSession session, PipegraphPlan plan) {
        return of(session, plan, List.of());
    }

    /**
     * Resolves a plan of which something has to come first.
     *
     * @param before what that is, such as {@code job load}; what its ETLs cannot read is not known before it has run
     */
    public static ConnectedPlan of(SparkSession session, PipegraphPlan plan, List<String> before) {
        return new ConnectedPlan(plan.etls().stream()
                .map(etl -> connected(new ReadContext(Sessions.beside(session), Slice.ALL), etl, before))
                .toList());
    }

    private static ConnectedEtl connected(ReadContext context, EtlPlan etl, List<String> before) {
        List<String> first =
                Stream.concat(before.stream(), etl.after().stream().sorted()).toList();
        List<String> notes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        String columns = "";
        try {
            PinnedLookups lookups = PinnedLookups.ofPlan(etl);
            lookups.begin(0);
            BatchInputs inputs = BatchInputs.read(etl, context, lookups, Map.of());
            Dataset<Row> result = new BatchSteps(etl, context, inputs.views(), Optional.empty()).result();
            columns = new StructType(Arrays.stream(result.schema().fields())
                            .filter(field -> !field.name().equals(SourceColumn.NAME))
                            .toArray(StructField[]::new))
                    .toDDL();
            etl.etl()
                    .expectations()
                    .forEach(each -> resolve("expectation " + each.name(), result, each.that(), etl, problems));
            for (PlannedOutput output : etl.outputs()) {
                output.output()
                        .where()
                        .ifPresent(where -> resolve("output " + output.output().model(), result, where, etl, problems));
                if (output.sink() instanceof SupportsTargetNotes sink) {
                    sink.targetNotes(context.session())
                            .forEach(note ->
                                    notes.add("output " + output.output().model() + ": " + note));
                }
            }
        } catch (MillraceException failed) {
            MillraceException wrong = FailedSql.located(etl, failed);
            if (first.isEmpty()) {
                problems.add(wrong.getMessage());
            } else {
                unknown.add("until " + String.join(", ", first) + " has run: " + wrong.getMessage());
            }
        }
        return new ConnectedEtl(etl.name(), columns, notes, problems, unknown);
    }

    private static void resolve(String what, Dataset<Row> rows, String expression, EtlPlan etl, List<String> problems) {
        try {
            StructType resolved = rows.select(expr(expression)).schema();
            assert !resolved.isEmpty() : "an expression is a column";
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            problems.add(FailedSql.located(etl, SparkErrors.of(what, wrong)).getMessage());
        }
    }
}
