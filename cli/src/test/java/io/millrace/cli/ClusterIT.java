package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster whose Spark knows nothing of Millrace and Delta. */
@Tag("processes")
class ClusterIT {

    private static final Pattern NOT_OF_SPARK = Pattern.compile(
            ".*/(millrace|delta-|spark-avro|spark-sql-kafka|kafka|failsafe|picocli|config-\\d|testkit).*");

    @Test
    void executorsElsewhereGetTheClassesTheyNeed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("in.json"), "{\"id\": 1}\n{\"id\": \"one\"}\n{\"id\": 2}\n");
        Path file = Files.writeString(
                folder.resolve("orders.conf"),
                """
                pipegraph {
                  name = orders
                  models {
                    in  { product = files, value { path = "%1$s/in.json", format = json, schema = "id BIGINT" } }
                    out { product = table, value { path = "%1$s/out" } }
                    bad { product = files, value { path = "%1$s/bad", format = avro } }
                  }
                  etls = [ { name = keep, inputs { orders = in }, output = out, dead-letters = bad } ]
                }
                """
                        .formatted(folder));
        Map<String, String> environment = Map.of(
                "SPARK_HOME",
                spark(folder.resolve("spark")).toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_HOSTNAME",
                "localhost");

        try (ChildJvm run = ChildJvm.start(
                environment,
                ClusterRun.class,
                folder.resolve("logs").toString(),
                "run",
                file.toString(),
                "--json",
                "--spark-conf",
                "spark.driver.host=localhost",
                "--spark-conf",
                "spark.executor.memory=512m",
                "--spark-conf",
                "spark.sql.shuffle.partitions=2")) {
            int code = run.awaitExit(Duration.ofMinutes(10));
            assertThat(run.output()).anySatisfy(line -> assertThat(line)
                    .contains("\"decoded\":2,\"undecodable\":1", "\"committed\":2", "\"dead_letters\":1"));
            assertThat(code).isZero();
        }
    }

    /** A distribution with the jars of this class path that are Spark's. */
    private static Path spark(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        List<Path> ofSpark = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(".jar") && !NOT_OF_SPARK.matcher(entry).matches())
                .map(Path::of)
                .toList();
        for (Path jar : ofSpark) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
        }
        return home;
    }
}
