package io.millrace.parallelwrite;

import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.ReplacementContract;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Entities of which runs replace a part. */
@Tag("thorough")
class EntityReplacementIT {

    abstract static class OfFormat extends ReplacementContract {

        private final SparkSession session;
        private final Path folder;
        private final String format;
        private final String database;

        OfFormat(SparkSession session, Path folder, String format) {
            super(session, folder);
            this.session = session;
            this.folder = folder;
            this.format = format;
            this.database = "replaced_" + Integer.toUnsignedString(folder.hashCode());
        }

        @Override
        protected String settings() {
            return """
                    plugin.microservice-catalog.entities = [
                      { coordinates { domain = d, name = days, version = v1, overrideDbName = %s }
                        table = days, format = %s, location = "%s/days", partition-by = [ day ]
                        schema = "id BIGINT, note STRING, day DATE" } ]
                    """
                    .formatted(database, format, folder);
        }

        @AfterEach
        void drop() {
            session.sql("DROP DATABASE IF EXISTS " + database + " CASCADE");
        }

        @Override
        protected String appending() {
            return model("saveMode = append");
        }

        @Override
        protected String replacingPartitions() {
            return model("saveMode = overwrite, overwrite = dynamic");
        }

        private String model(String settings) {
            return "{ product = parallelWrite, value { writerDetails { writerType = parallelWrite, " + settings
                    + " }, entityDetails { domain = d, name = days, version = v1, overrideDbName = " + database
                    + " } } }";
        }

        @Override
        protected String description() {
            return "entity d/days/v1 (database " + database + "): append";
        }

        @Override
        protected Dataset<Row> rows() {
            return session.table(database + ".days");
        }
    }

    @Nested
    @ExtendWith(MillraceSession.class)
    class Parquet extends OfFormat {

        Parquet(SparkSession session, @TempDir Path folder) {
            super(session, folder, "Parquet");
        }
    }

    @Nested
    @ExtendWith(MillraceSession.class)
    @Tag("thorough")
    class Delta extends OfFormat {

        Delta(SparkSession session, @TempDir Path folder) {
            super(session, folder, "Delta");
        }
    }
}
