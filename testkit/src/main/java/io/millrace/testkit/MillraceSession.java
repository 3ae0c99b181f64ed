package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a Spark session: {@code @ExtendWith(MillraceSession.class)} and a parameter of type {@link SparkSession}, of the constructor or of
 * a method. One session serves all tests of a JVM and ends with them; its settings are small, and Delta is set up where it is on the class path.
 * The default database lies in a temporary folder. Tests that change settings use a {@code newSession()}.
 *
 * <p>Its catalog is in memory. Where JUnit's configuration parameter {@code millrace.metastore} is {@code hive}, as by a line in {@code
 * junit-platform.properties}, it is a Hive metastore on an embedded Derby; that needs {@code spark-hive} on the class path.
 */
public final class MillraceSession implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(MillraceSession.class);

    /** Called by JUnit. */
    public MillraceSession() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    /** Returns the session, for extensions that need it. */
    public static SparkSession of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(hive(context)), Shared.class)
                .session();
    }

    /**
     * Starts to build a session with the settings of tests, for a JVM that has none, such as a {@link ChildJvm}.
     *
     * @param warehouse where managed tables lie
     */
    public static SparkSession.Builder builder(Path warehouse) {
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[2]")
                .appName("millrace-test")
                .config("spark.ui.enabled", false)
                .config("spark.hadoop.fs.file.impl", TestFileSystem.class.getName())
                .config("spark.hadoop.fs.AbstractFileSystem.file.impl", TestFileContext.class.getName())
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.default.parallelism", 2)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 2)
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.sql.codegen.wholeStage", false)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.warehouse.dir", warehouse.toUri().toString());
        if (deltaPresent()) {
            builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .config("spark.databricks.delta.snapshotPartitions", 1);
        }
        return builder;
    }

    private static Map<String, String> hive(ExtensionContext context) {
        boolean wanted = context.getConfigurationParameter("millrace.metastore")
                .filter("hive"::equals)
                .isPresent();
        return wanted
                ? Map.of(
                        "spark.sql.catalogImplementation", "hive",
                        "spark.hadoop.javax.jdo.option.ConnectionURL", "jdbc:derby:memory:millrace-test;create=true",
                        "spark.sql.hive.metastorePartitionPruningFallbackOnException", "true")
                : Map.of();
    }

    private static boolean deltaPresent() {
        return MillraceSession.class.getClassLoader().getResource("io/delta/sql/DeltaSparkSessionExtension.class")
                != null;
    }

    private record Shared(SparkSession session, Path folder) implements AutoCloseable {

        static Shared start(Map<String, String> settings) {
            try {
                Path folder = Files.createTempDirectory(
                        Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"))), "millrace-test");
                SparkSession.Builder builder = builder(folder.resolve("warehouse"))
                        .config("spark.local.dir", folder.resolve("local").toString());
                settings.forEach(builder::config);
                return new Shared(builder.getOrCreate(), folder);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            session.stop();
            List<Path> content;
            try (Stream<Path> walk = Files.walk(folder)) {
                content = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : content) {
                Files.deleteIfExists(path);
            }
        }
    }
}
