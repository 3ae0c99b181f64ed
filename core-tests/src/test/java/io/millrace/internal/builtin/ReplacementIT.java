package io.millrace.internal.builtin;

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

/** Plain files and Delta tables of the built-in products, of which runs replace a part. */
class ReplacementIT {

    private static final String COLUMNS = "id BIGINT, day DATE, note STRING";

    /** Files in folders by day. */
    @Nested
    @ExtendWith(MillraceSession.class)
    class ParquetFiles extends ReplacementContract {

        private final SparkSession session;
        private final Path target;

        ParquetFiles(SparkSession session, @TempDir Path folder) {
            super(session, folder);
            this.session = session;
            this.target = folder.resolve("target");
        }

        @Override
        protected String appending() {
            return model("");
        }

        @Override
        protected String replacingPartitions() {
            return model(", save-mode = overwrite, overwrite = dynamic");
        }

        private String model(String more) {
            return "{ product = files, value { path = \"" + target + "\", partition-by = [ day ]" + more + " } }";
        }

        @Override
        protected String description() {
            return "parquet files in " + target + ", append, in folders by day";
        }

        @Override
        protected Dataset<Row> rows() {
            return session.read().schema("id BIGINT, note STRING, day DATE").parquet(target.toString());
        }
    }

    @Nested
    @ExtendWith(MillraceSession.class)
    class DeltaTableAtAPath extends ReplacementContract {

        private final SparkSession session;
        private final Path target;

        DeltaTableAtAPath(SparkSession session, @TempDir Path folder) {
            super(session, folder);
            this.session = session;
            this.target = folder.resolve("target");
        }

        @Override
        protected String appending() {
            return "{ product = table, value { path = \"" + target + "\", partition-by = [ day ] } }";
        }

        @Override
        protected String replacingPartitions() {
            return "{ product = table, value { path = \"" + target
                    + "\", partition-by = [ day ], save-mode = overwrite, overwrite = dynamic } }";
        }

        @Override
        protected String description() {
            return "Delta table in " + target + ", append";
        }

        @Override
        protected Dataset<Row> rows() {
            return session.read().format("delta").load(target.toString());
        }
    }

    /** Not partitioned: Delta finds the rows all the same. */
    @Nested
    @ExtendWith(MillraceSession.class)
    @Tag("thorough")
    class DeltaTableWithAName extends ReplacementContract {

        private final SparkSession session;
        private final String table;

        DeltaTableWithAName(SparkSession session, @TempDir Path folder) {
            super(session, folder);
            this.session = session;
            this.table = "replaced_" + Integer.toUnsignedString(folder.hashCode());
        }

        @Override
        protected void prepare() {
            session.sql("CREATE TABLE " + table + " (" + COLUMNS + ") USING delta");
        }

        @AfterEach
        void drop() {
            session.sql("DROP TABLE " + table);
        }

        @Override
        protected String appending() {
            return "{ product = table, value { name = " + table + " } }";
        }

        @Override
        protected String replacingPartitions() {
            return "{ product = table, value { name = " + table + ", save-mode = overwrite, overwrite = dynamic } }";
        }

        /** All rows of a table without partitions are in one. */
        @Override
        protected void partitionsThatARunHasRowsForAreReplaced() {
            session.sql("DROP TABLE " + table);
            session.sql("CREATE TABLE " + table + " (" + COLUMNS + ") USING delta PARTITIONED BY (day)");
            super.partitionsThatARunHasRowsForAreReplaced();
        }

        @Override
        protected String description() {
            return "table " + table + ", append";
        }

        @Override
        protected Dataset<Row> rows() {
            return session.table(table);
        }
    }
}
