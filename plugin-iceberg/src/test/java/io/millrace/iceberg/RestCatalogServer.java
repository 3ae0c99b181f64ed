package io.millrace.iceberg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.jspecify.annotations.Nullable;

/**
 * A server of Iceberg's REST protocol over a catalog in a folder. What it does with a request is Iceberg's own; requests without its token are
 * refused.
 */
final class RestCatalogServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
            .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    static {
        RESTSerializers.registerAll(JSON);
    }

    private final JdbcCatalog catalog;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String token;

    private RestCatalogServer(JdbcCatalog catalog, HttpServer server, String token) {
        this.catalog = catalog;
        this.server = server;
        this.token = token;
    }

    static RestCatalogServer start(Path folder, String token) throws IOException {
        Map<String, String> properties = new HashMap<>(
                Map.of("uri", "jdbc:sqlite:" + folder.resolve("rest.db"), "warehouse", "file://" + folder));
        properties.put("jdbc.busy_timeout", "60000");
        JdbcCatalog catalog = (JdbcCatalog)
                CatalogUtil.loadCatalog(JdbcCatalog.class.getName(), "rest", properties, new Configuration());
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RestCatalogServer server = new RestCatalogServer(catalog, http, token);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    String uri() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        catalog.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        @Nullable Object answer;
        try {
            if (("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer = answer(exchange);
            } else {
                status = 401;
                answer = error(status, "NotAuthorizedException", "who are you?");
            }
        } catch (RuntimeException failed) {
            status = status(failed);
            answer = error(status, failed.getClass().getSimpleName(), failed.getMessage());
        }
        byte[] body = answer == null ? new byte[0] : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? 204 : status, answer == null ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private @Nullable Object answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        List<String> path =
                Arrays.asList(exchange.getRequestURI().getRawPath().substring(1).split("/", -1));
        if (path.equals(List.of("v1", "config"))) {
            return ConfigResponse.builder().build();
        }
        if (path.size() == 2) {
            return method.equals("POST")
                    ? CatalogHandlers.createNamespace(catalog, body(exchange, CreateNamespaceRequest.class))
                    : CatalogHandlers.listNamespaces(catalog, Namespace.empty());
        }
        Namespace namespace =
                Namespace.of(decoded(path.get(2)).split("\u001f", -1)); // parts of a name, as the protocol has them
        if (path.size() == 3) {
            return CatalogHandlers.loadNamespace(catalog, namespace);
        }
        if (path.get(3).equals("register")) {
            return CatalogHandlers.registerTable(catalog, namespace, body(exchange, RegisterTableRequest.class));
        }
        if (path.size() == 4) {
            return method.equals("POST")
                    ? created(namespace, body(exchange, CreateTableRequest.class))
                    : CatalogHandlers.listTables(catalog, namespace);
        }
        TableIdentifier table = TableIdentifier.of(namespace, decoded(path.get(4)));
        if (path.size() == 6) { // metrics of a scan or a commit
            return null;
        }
        return method.equals("POST")
                ? CatalogHandlers.updateTable(catalog, table, body(exchange, UpdateTableRequest.class))
                : CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL);
    }

    private Object created(Namespace namespace, CreateTableRequest request) {
        return request.stageCreate()
                ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
                : CatalogHandlers.createTable(catalog, namespace, request);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static <T> T body(HttpExchange exchange, Class<T> type) {
        try {
            return JSON.readValue(exchange.getRequestBody(), type);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static ErrorResponse error(int status, String type, @Nullable String message) {
        return ErrorResponse.builder()
                .responseCode(status)
                .withType(type)
                .withMessage(Objects.requireNonNullElse(message, type))
                .build();
    }

    private static int status(RuntimeException failed) {
        if (failed instanceof NoSuchTableException || failed instanceof NoSuchNamespaceException) {
            return 404;
        }
        if (failed instanceof AlreadyExistsException || failed instanceof CommitFailedException) {
            return 409;
        }
        return failed instanceof IllegalArgumentException ? 400 : 500;
    }
}
