package io.millrace.examples.cluster;

import io.millrace.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** Spark's own master and workers, each a process, whose Spark knows nothing of Millrace and Delta. */
final class StandaloneCluster implements AutoCloseable {

    private static final Pattern NOT_OF_SPARK = Pattern.compile(
            ".*/(millrace|delta-|iceberg|spark-avro|spark-sql-kafka|kafka|failsafe|picocli|config-\\d|testkit|junit|assertj).*");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final String url;
    private final List<ChildJvm> processes = new ArrayList<>();

    private StandaloneCluster(String url) {
        this.url = url;
    }

    /** Starts a master and workers of one core each; waits until all of them are there. */
    static StandaloneCluster start(Path folder, int workers) throws IOException, InterruptedException {
        int port = freePort();
        StandaloneCluster cluster = new StandaloneCluster("spark://localhost:" + port);
        Path home = spark(Files.createDirectories(folder.resolve("spark")));
        Map<String, String> environment = Map.of(
                "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_HOSTNAME", "localhost");
        Path logging = Files.writeString(
                folder.resolve("log4j2.properties"),
                """
                rootLogger.level = info
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                appender.out.target = SYSTEM_OUT
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %m%n
                """);
        List<String> own = List.of(logging.toString());
        try {
            ChildJvm master = ChildJvm.start(
                    environment,
                    ClusterProcess.class,
                    arguments(
                            own,
                            Master.class,
                            "--host",
                            "localhost",
                            "--port",
                            String.valueOf(port),
                            "--webui-port",
                            "0"));
            cluster.processes.add(master);
            master.awaitLine("I have been elected leader", LIMIT);
            for (int number = 0; number < workers; number++) {
                ChildJvm worker = ChildJvm.start(
                        environment,
                        ClusterProcess.class,
                        arguments(
                                own,
                                Worker.class,
                                "--host",
                                "localhost",
                                "--cores",
                                "1",
                                "--memory",
                                "1g",
                                "--webui-port",
                                "0",
                                "--work-dir",
                                folder.resolve("work-" + number).toString(),
                                cluster.url));
                cluster.processes.add(worker);
                worker.awaitLine("Successfully registered with master", LIMIT);
            }
            return cluster;
        } catch (InterruptedException | RuntimeException | AssertionError failed) {
            cluster.close();
            throw failed;
        }
    }

    /** What {@code --spark-master} takes. */
    String url() {
        return url;
    }

    /** Kills a worker as {@code kill -9} does, and with it what it runs. */
    void killWorker(int number) throws InterruptedException {
        processes.get(1 + number).kill();
    }

    private static String[] arguments(List<String> first, Class<?> main, String... more) {
        return Stream.of(first.stream(), Stream.of(main.getName()), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
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
            Path link = jars.resolve(jar.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, jar.toAbsolutePath());
            }
        }
        return home;
    }

    @Override
    public void close() {
        processes.forEach(ChildJvm::close);
    }
}
