package io.millrace.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.MillraceException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real schema registry in a process of its own, on the loopback address and a free port: <a href="https://www.apicur.io/registry/">Apicurio</a>,
 * which speaks Confluent's REST protocol. It keeps schemas in memory and ends with this JVM. A version of a subject must be readable by those who
 * know the one before.
 */
public final class RegistryServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<String> command;
    private final Path log;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;

    private RegistryServer(List<String> command, Path log, int port) {
        this.command = command;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts a registry and waits until it answers, some seconds.
     *
     * @param log the file that takes what it prints
     * @throws MillraceException of kind EXTERNAL where it does not start
     */
    public static RegistryServer start(Path log) {
        return start(log, Map.of());
    }

    /**
     * Starts a registry that is set otherwise.
     *
     * @param settings its own or Quarkus's, such as {@code quarkus.http.ssl-port}
     */
    public static RegistryServer start(Path log, Map<String, String> settings) {
        try {
            int port = freePort();
            RegistryServer server = new RegistryServer(command(port, settings), log, port);
            server.restart();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = KafkaBroker.freePort()) {
            return free.getLocalPort();
        }
    }

    private static List<String> command(int port, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dregistry.rules.global.compatibility=BACKWARD"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", runner() + File.pathSeparator + ownClasses(), RegistryMain.class.getName()));
        return command;
    }

    /**
     * Starts it again after {@link #stop}, at the same address and without schemas.
     *
     * @throws MillraceException of kind EXTERNAL where it does not start
     */
    public void restart() {
        try {
            Process starting = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = starting;
            awaitAnswer(starting);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Kills it, as by {@code kill -9}; its schemas are gone. Does nothing where it is stopped. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            running.waitFor();
            process = null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the base of Confluent's protocol. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** Registers an Avro schema under a subject, unless it is there, and returns its id: the first is 1, each new one the next. */
    public int register(String subject, String schema) {
        String body =
                JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw MillraceException.external("the registry does not take the schema: " + answer.body(), null);
            }
            return new ObjectMapper().readTree(answer.body()).path("id").asInt();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.external("interrupted while asking the registry", interrupted);
        }
    }

    /** Ends it; its schemas are gone. */
    @Override
    public void close() {
        stop();
    }

    private void awaitAnswer(Process starting) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (System.nanoTime() < deadline && starting.isAlive()) {
                if (answers(request)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        close();
        throw MillraceException.external("the schema registry did not start; it printed to " + log, null);
    }

    private boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The build unpacks it beside the classes of this module; the launcher and the tests say where that is. */
    private static Path runner() throws IOException {
        Path home = Path.of(System.getProperty("millrace.home", ".."))
                .toAbsolutePath()
                .normalize();
        Path folder = home.resolve("broker/target/registry");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> runners = files.filter(
                                file -> file.getFileName().toString().endsWith("-runner.jar"))
                        .toList();
                if (!runners.isEmpty()) {
                    return runners.get(0);
                }
            }
        }
        throw MillraceException.external("there is no schema registry in " + folder + "; build Millrace first", null);
    }

    private static Path ownClasses() {
        try {
            return Path.of(RegistryServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("class paths are URIs", impossible);
        }
    }
}
