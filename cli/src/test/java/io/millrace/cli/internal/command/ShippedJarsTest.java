package io.millrace.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedJarsTest {

    @Test
    void whatEverySparkBringsIsNotShipped(@TempDir Path folder) throws IOException {
        for (String name : List.of(
                "millrace-core-1.jar",
                "delta-spark_4.1_2.13-4.4.0.jar",
                "spark-core_2.13-4.1.1.jar",
                "spark-avro_2.13-4.1.1.jar",
                "spark-sql-kafka-0-10_2.13-4.1.1.jar",
                "spark-sql_2.13-4.1.1.jar",
                "jackson-databind-2.20.1.jar",
                "scala-library-2.13.17.jar",
                "strategies.jar")) {
            Files.writeString(folder.resolve(name), "");
        }
        String classPath;
        try (Stream<Path> files = Files.list(folder)) {
            classPath = files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }

        List<Path> shipped = ShippedJars.of(classPath + File.pathSeparator + folder.resolve("gone.jar"));

        assertThat(shipped)
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly(
                        "delta-spark_4.1_2.13-4.4.0.jar",
                        "millrace-core-1.jar",
                        "spark-avro_2.13-4.1.1.jar",
                        "spark-sql-kafka-0-10_2.13-4.1.1.jar",
                        "strategies.jar");
        assertThat(ShippedJars.setting(shipped.subList(0, 1), "hdfs:///own.jar"))
                .isEqualTo("hdfs:///own.jar," + shipped.get(0).toUri());
    }

    @Test
    void aFolderOfClassesBecomesAJar(@TempDir Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/com/acme"));
        Files.writeString(classes.resolve("Score.class"), "bytes");

        Path jar = ShippedJars.of(folder.resolve("classes").toString()).get(0);

        try (JarFile packed = new JarFile(jar.toFile())) {
            assertThat(packed.stream().map(JarEntry::getName)).containsExactly("com/acme/Score.class");
        } finally {
            Files.delete(jar);
        }
    }
}
