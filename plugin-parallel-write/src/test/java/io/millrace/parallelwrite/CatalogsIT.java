package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.ParallelWriteEntity;
import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Catalog classes of users. */
@ExtendWith(MillraceSession.class)
class CatalogsIT {

    private final SparkSession session;
    private final Path folder;

    CatalogsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @BeforeEach
    void createTable() {
        String database = lake(Own.class).database();
        session.sql("CREATE DATABASE " + database);
        session.sql("CREATE TABLE " + database + ".events (id BIGINT) USING parquet LOCATION '" + folder + "/events'");
    }

    @Test
    void aClassOfTheUsersFindsEntities() {
        Lake lake = lake(Own.class);

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows());

        assertThat(((Committed) outcome).counts()).isEqualTo(Counts.committed(2));
        assertThat(lake.table("events")).hasSize(2);
    }

    @Test
    void anExceptionOfTheClassIsBlamedOnIt() {
        CommitOutcome outcome = Lake.write(lake(Throwing.class).sink("append"), "one", rows());

        MillraceException failed = ((Rejected) outcome).reason();
        assertThat(failed.kind()).isEqualTo(MillraceException.Kind.PLUGIN);
        assertThat(failed.getMessage().replace(lake(Own.class).database(), "DB"))
                .isEqualTo(
                        "io.millrace.parallelwrite.CatalogsIT$Throwing.getEntity(d/events/v1 (database DB)) failed: java.lang.IllegalStateException: the lake is dry");
        assertThat(failed).hasRootCauseMessage("the lake is dry");
    }

    @Test
    void aNullIsBlamedOnTheClass() {
        CommitOutcome outcome = Lake.write(lake(Nothing.class).sink("append"), "one", rows());

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.PLUGIN);
        assertThat(((Rejected) outcome)
                        .reason()
                        .getMessage()
                        .replace(lake(Own.class).database(), "DB"))
                .isEqualTo(
                        "io.millrace.parallelwrite.CatalogsIT$Nothing.getEntityTableName(d/events/v1 (database DB)) returned null");
    }

    @Test
    void aTableNameThatIsAPieceOfSqlIsRefused() {
        CommitOutcome outcome = Lake.write(lake(Sly.class).sink("append"), "one", rows());

        assertThat(((Rejected) outcome).reason().kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(((Rejected) outcome).reason())
                .hasMessage(
                        "\"events; DROP DATABASE default\" is not the name of a table as SQL writes it; put a part that is not a plain word in `backticks`");
    }

    private Lake lake(Class<?> catalog) {
        return Lake.of(session, folder, "catalog-class: \"" + catalog.getName() + "\", root = \"$folder\"");
    }

    private Dataset<Row> rows() {
        return session.range(2).toDF();
    }

    /** A catalog as a user writes it. */
    public static class Own extends EntityCatalogConfiguration {

        private String root = "";

        @Override
        protected void configure(Config settings) {
            root = settings.getString("plugin.microservice-catalog.root");
        }

        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            return ParallelWriteEntity.local("parquet", root + "/" + coordinates.name());
        }

        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            return coordinates.database().orElseThrow() + "." + coordinates.name();
        }
    }

    /** A catalog that fails. */
    public static final class Throwing extends Own {
        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            throw new IllegalStateException("the lake is dry");
        }
    }

    /** A catalog that breaks its promise. */
    public static final class Nothing extends Own {
        @Override
        @SuppressWarnings("NullAway")
        public String getEntityTableName(CatalogCoordinates coordinates) {
            @Nullable String none = null;
            return none;
        }
    }

    /** A catalog whose table is a trap. */
    public static final class Sly extends Own {
        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            return "events; DROP DATABASE default";
        }
    }
}
