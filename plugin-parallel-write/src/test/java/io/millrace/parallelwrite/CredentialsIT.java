package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.EntityServer;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.ServedEntity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temporary credentials open the place of one write, and are seen nowhere. */
@ExtendWith(MillraceSession.class)
class CredentialsIT {

    private static final String IMPLEMENTATION = "fs.s3a.impl";

    private final SparkSession session;
    private final Path folder;
    private final EntityServer server = EntityServer.start();
    private final ServedEntity entity = server.entity("/d/events/v1");
    private final Lake lake;

    CredentialsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
        this.lake = Lake.of(session, folder, "base-url = \"%s/{domain}/{name}/{version}\"".formatted(server.address()));
    }

    @BeforeEach
    void guard() {
        hadoop().set(IMPLEMENTATION, GuardedStorage.class.getName());
    }

    @AfterEach
    void stop() {
        hadoop().unset(IMPLEMENTATION);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void opensThePlaceForOneWriteAndShowsItsKeysToNobody(String format) {
        createTable(format);
        entity.cold(format, "s3://lake" + folder + "/written").credentials("right");

        try (Overheard overheard = new Overheard(session)) {
            Sink sink = lake.sink("append");
            CommitOutcome first = Lake.write(sink, "one", rows());
            CommitOutcome again = Lake.write(sink, "one", rows());

            assertThat(first).isInstanceOf(Committed.class);
            assertThat(((Committed) first).counts()).isEqualTo(Counts.committed(2));
            assertThat(again).isInstanceOf(AlreadyCommitted.class);
            assertThat(Lake.json(session.read().format(format).load(folder + "/written")))
                    .containsExactly("{\"id\":0,\"day\":\"mon\"}", "{\"id\":1,\"day\":\"mon\"}");
            assertThat(first + " " + again + " " + sink.description()).doesNotContain("right-");
            assertThat(overheard.texts("Job ")).isNotEmpty();
            assertThat(overheard.texts("right-")).isEmpty();
        }
        assertThat(settings()).doesNotContain("right-").doesNotContain("fs.s3a.bucket.lake");
        assertThatThrownBy(() -> FileSystem.get(URI.create("s3a://lake/"), hadoop())
                        .exists(new org.apache.hadoop.fs.Path("s3a://lake/x")))
                .hasMessageContaining("s3a://lake/x does not open to no key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void keepsTheKeysOutOfTheErrorsOfTheStorage(String format) {
        createTable(format);
        entity.cold(format, "s3://lake" + folder + "/written").credentials("wrong");

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows());

        assertThat(outcome).as("an earlier attempt may have been let in").isInstanceOf(Unknown.class);
        MillraceException reason = ((Unknown) outcome).reason();
        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(reason.getMessage()).contains("does not open to ***");
        assertThat(printed(reason)).doesNotContain("wrong-");
    }

    private void createTable(String format) {
        session.sql("CREATE DATABASE IF NOT EXISTS " + lake.database());
        session.sql("CREATE TABLE " + lake.database() + ".events (id BIGINT, day STRING) USING " + format
                + " PARTITIONED BY (day) LOCATION '" + folder + "/table'");
    }

    private Dataset<Row> rows() {
        return session.sql("SELECT id, 'mon' AS day FROM range(2)");
    }

    private Configuration hadoop() {
        return session.sparkContext().hadoopConfiguration();
    }

    private String settings() {
        Map<String, String> all = new TreeMap<>();
        hadoop().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        scala.jdk.javaapi.CollectionConverters.asJava(session.conf().getAll()).forEach(all::put);
        return all.toString();
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
