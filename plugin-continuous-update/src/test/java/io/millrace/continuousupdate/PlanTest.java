package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.catalog.EntityFormat;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found before anything runs. */
class PlanTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void describesWhatItWrites() {
        PipegraphPlan plan = plan("keys = [id], orderingExpression = number");

        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.describe().text())
                .isEqualTo(
                        """
pipegraph lake
state     /lake/state

ETL write (batch)
  input   given              given rows
  output  target             entity d/orders/v1: upsert by id, newest number stays, in place of rows with the same keys, exactly once""");
    }

    @Test
    void findsEverythingAtOnce() {
        assertThat(
                        problem(
                                "keys = [id, day], orderingExpression = \"number +\", deleteExpression = \"op = = 1\", onTie = deadLetter, onStale = deadLetter, onNullKey = deadLetter, onNullOrdering = deadLetter"))
                .isEqualTo(
                        """
lake.conf:11:74  pipegraph.models.target.value.writerDetails.orderingExpression: is not a SQL expression: Syntax error at or near end of input.
    number +
            ^
lake.conf:11:107  pipegraph.models.target.value.writerDetails.deleteExpression: is not a SQL expression: Syntax error at or near '='.
    op = = 1
         ^
lake.conf:11:138  pipegraph.models.target.value.writerDetails.onTie: is deadLetter, but the ETL has no place for them; give it dead-letters
lake.conf:11:204  pipegraph.models.target.value.writerDetails.onNullOrdering: is deadLetter, but the ETL has no place for them; give it dead-letters
lake.conf:11:180  pipegraph.models.target.value.writerDetails.onNullKey: is deadLetter, but the ETL has no place for them; give it dead-letters
lake.conf:11:158  pipegraph.models.target.value.writerDetails.onStale: is deadLetter, but the ETL has no place for them; give it dead-letters
lake.conf:11:56  pipegraph.models.target.value.writerDetails.keys: the entity has no column day; it has id, number""");
    }

    @Test
    void writesFormatsWhoseRowsCanBeChanged() {
        ContinuousUpdateWriter writer = new ContinuousUpdateWriter();

        assertThat(writer.formatProblem(EntityFormat.DELTA)).isEmpty();
        assertThat(writer.formatProblem(EntityFormat.ICEBERG)).isEmpty();
        assertThat(writer.formatProblem(EntityFormat.PARQUET))
                .hasValue(
                        "a continuousUpdate changes rows in place, which Parquet files do not allow; make it a Delta or Iceberg entity");
    }

    @Test
    void refusesAKeyThatIsNamedTwice() {
        assertThat(problem("keys = [id, ID], orderingExpression = number"))
                .isEqualTo("lake.conf:11:56  pipegraph.models.target.value.writerDetails.keys: names \"ID\" twice");
    }

    @Test
    void warnsOfWhatMaySurprise() {
        PipegraphPlan plan = plan(
                "keys = [id], orderingExpression = \"struct(o.version, number)\", retentionHours = 24, vacuumFrequency = 10");

        assertThat(plan.warnings())
                .containsExactly(
                        folder
                                + "/lake.conf:8:5  pipegraph.models.target: orderingExpression \"struct(o.version, number)\" needs o, which the table does not have: among rows of different batches the last batch wins, even with older rows; set orderingColumn to keep the ordering in a column of the table",
                        folder
                                + "/lake.conf:8:5  pipegraph.models.target: retentionHours = 24 is less than the 168 hours for which Delta keeps files; unless the table's property delta.deletedFileRetentionDuration is as short, nothing will be deleted");
    }

    private String problem(String writerDetails) {
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> plan(writerDetails));
        assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
        return refused.getMessage().replace(folder + "/", "");
    }

    private PipegraphPlan plan(String writerDetails) {
        Path file = folder.resolve("lake.conf");
        try {
            Files.writeString(
                    file,
                    """
                    plugin.microservice-catalog.entities = [
                      { coordinates { domain = d, name = orders, version = v1 }
                        table = orders, format = Delta, location = /lake/orders, schema = "id BIGINT, number INT" } ]
                    pipegraph {
                      name = lake, state = /lake/state
                      models {
                        given { product = given }
                        target {
                          product = parallelWrite
                          value {
                            writerDetails { writerType = continuousUpdate, %s }
                            entityDetails { domain = d, name = orders, version = v1 }
                          }
                        }
                      }
                      etls = [ { name = write, inputs { given = given }, output = target } ]
                    }
                    """
                            .formatted(writerDetails));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(file, Map.of()));
    }
}
