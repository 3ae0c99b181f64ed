package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statements that Spark's SQL has only with an extension of Delta's or Iceberg's, in a process whose session the command line makes. */
@ExtendWith(MillraceSession.class)
class SqlOfFormatsIT {

    private final Path folder;
    private final Path file;

    SqlOfFormatsIT(SparkSession session, @TempDir Path folder) throws Exception {
        this.folder = folder;
        this.file = Files.writeString(
                folder.resolve("lake.conf"), "plugin.iceberg.catalogs.lake_of_formats.warehouse = " + folder + "/lake");
        session.sql("CREATE TABLE delta.`" + folder + "/table` (id INT) USING delta");
        sql("CREATE TABLE lake_of_formats.d.t (id INT, at TIMESTAMP) USING iceberg");
    }

    @Tag("processes")
    @Test
    void oneSessionHasThoseOfBoth() throws Exception {
        assertThat(process("ALTER TABLE lake_of_formats.d.t ADD PARTITION FIELD day(at)"))
                .isZero();
        assertThat(process("OPTIMIZE delta.`" + folder + "/table`")).isZero();

        assertThat(sql("SHOW CREATE TABLE lake_of_formats.d.t").out()).contains("PARTITIONED BY (days(at))");
    }

    @Test
    void aTableOfACatalogIsSuggested() {
        assertThat(sql("SELECT id FROM lake_of_formats.d.tt"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: no table is named lake_of_formats.d.tt; did you mean \"lake_of_formats.d.t\"? (known: lake_of_formats.d.t)\n"));
        assertThat(sql("SELECT id FROM t").err())
                .isEqualTo(
                        "error: no table is named t; did you mean \"lake_of_formats.d.t\"? (known: lake_of_formats.d.t)\n");
    }

    private CliRun sql(String statement) {
        return CliRun.of(folder, "sql", statement, "--with", file.toString());
    }

    private int process(String statement) throws Exception {
        String[] arguments = {"sql", statement, "--with", file.toString(), "--spark-master", "local[2]"};
        try (ChildJvm child = ChildJvm.start(Main.class, arguments)) {
            return child.awaitExit(Duration.ofMinutes(5));
        }
    }
}
