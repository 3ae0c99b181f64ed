package io.millrace.kafka.internal.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the brokers are reached.
 *
 * @param bootstrapServers {@code host:port}, several with commas between them
 * @param settings of Kafka's clients, by their own names; may hold secrets
 * @param timeout how long the first answer may take
 */
public record Connection(String bootstrapServers, Map<String, String> settings, Duration timeout) {

    /** The brokers that are asked first. */
    public static final Option<String> BOOTSTRAP_SERVERS = Option.of(
                    "bootstrap-servers", "host:port, or a list of them", Connection::servers)
            .required("Brokers that are asked first.");
    /** Settings of Kafka's clients. */
    public static final Option<Map<String, String>> KAFKA = Option.textMap("kafka")
            .byDefault(Map.of(), "Passed to Kafka's clients, such as security.protocol. Values are shown nowhere.");
    /** How long the first answer may take. */
    public static final Option<Duration> TIMEOUT = Option.duration("timeout")
            .byDefault(Duration.ofSeconds(20), "How long the first answer of the brokers may take when a run starts.");

    /** Settings that would undo what this plugin promises; each with what to write instead. */
    private static final Map<String, String> FIXED = Map.of(
            "bootstrap.servers", "write bootstrap-servers",
            "auto.offset.reset", "write starting-offsets",
            "enable.auto.commit", "offsets are kept in the checkpoint",
            "key.deserializer", "write decode",
            "value.deserializer", "write decode",
            "key.serializer", "write encode",
            "value.serializer", "write encode",
            "interceptor.classes", "Spark does not allow it",
            "enable.idempotence", "records are always sent idempotently",
            "acks", "records are always acknowledged by all replicas");

    public Connection {
        settings = Map.copyOf(settings);
    }

    /** Decodes the settings of the connection; what is wrong is noted. */
    public static Connection decode(ConfigSection value) {
        String servers = value.find(BOOTSTRAP_SERVERS).orElse("");
        checkServers(value, servers);
        Map<String, String> settings = value.get(KAFKA);
        for (String key : new TreeMap<>(settings).keySet()) {
            String instead = FIXED.get(key.toLowerCase(Locale.ROOT));
            if (instead != null) {
                value.problem(KAFKA, "the setting " + key + " cannot be set: " + instead);
            }
        }
        return new Connection(servers, settings, value.get(TIMEOUT));
    }

    private static Optional<String> servers(ConfigSection value, String key) {
        return value.raw(key).filter(JsonNode::isArray).isPresent()
                ? Optional.of(String.join(",", value.strings(key)))
                : value.optionalString(key);
    }

    private static void checkServers(ConfigSection value, String servers) {
        for (String server : servers.isEmpty() ? List.<String>of() : List.of(servers.split(",", -1))) {
            if (!server.strip().matches(".+:\\d{1,5}")) {
                value.problem(BOOTSTRAP_SERVERS, "\"" + server.strip() + "\" is not host:port");
            }
        }
    }

    /** Returns what Spark's reader and writer take. */
    public Map<String, String> sparkOptions() {
        Map<String, String> options = new TreeMap<>();
        settings.forEach((key, setting) -> options.put("kafka." + key, setting));
        options.put("kafka.bootstrap.servers", bootstrapServers);
        return options;
    }

    /** Returns what a client takes that is to answer within the timeout. */
    Properties clientProperties() {
        Properties properties = new Properties();
        properties.putAll(settings);
        int millis = Math.toIntExact(timeout.toMillis());
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("request.timeout.ms", Integer.toString(Math.min(millis, 10_000)));
        properties.put("default.api.timeout.ms", Integer.toString(millis));
        return properties;
    }

    /** Returns the size from which a producer refuses a record, in bytes. */
    public long maxRecordBytes() {
        return Long.parseLong(settings.getOrDefault("max.request.size", "1048576"));
    }

    /** Names the brokers and the keys of the settings, never their values. */
    @Override
    public String toString() {
        Set<String> keys = new TreeMap<>(settings).keySet();
        return bootstrapServers + (keys.isEmpty() ? "" : " (" + String.join(", ", keys) + " set)");
    }
}
