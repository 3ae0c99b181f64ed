package io.millrace.flare.internal.depot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What addresses that name it mean. */
public sealed interface Depot {

    /** How the configuration calls the kinds. */
    List<String> KINDS = List.of("files", "iceberg", "kafka");

    /** Returns the name by which addresses call it. */
    String name();

    /** Returns its kind, as the configuration calls it. */
    String kind();

    /**
     * A folder of files.
     *
     * @param options for reading and writing there, such as settings of the storage
     */
    record Files(String name, String path, Map<String, String> options) implements Depot {

        /** Copies the map. */
        public Files {
            options = Map.copyOf(options);
        }

        @Override
        public String kind() {
            return "files";
        }

        /** Leaves the options out: they may hold secrets. */
        @Override
        public String toString() {
            return "Files[" + name + ", " + path + "]";
        }
    }

    /**
     * A catalog of Iceberg tables.
     *
     * @param catalog its settings, as {@code plugin.iceberg.catalogs} takes them
     */
    record Iceberg(String name, ObjectNode catalog) implements Depot {

        @Override
        public String kind() {
            return "iceberg";
        }

        /** Leaves the settings out: they may hold secrets. */
        @Override
        public String toString() {
            return "Iceberg[" + name + "]";
        }
    }

    /**
     * The topics of a cluster.
     *
     * @param servers a text or a list of texts
     * @param clients settings of Kafka's clients
     * @param registry of schemas, as product {@code kafka} takes it; empty where there is none
     */
    record Kafka(String name, JsonNode servers, Map<String, String> clients, Optional<ObjectNode> registry)
            implements Depot {

        /** Copies the map. */
        public Kafka {
            clients = Map.copyOf(clients);
        }

        @Override
        public String kind() {
            return "kafka";
        }

        /** Leaves the settings out: they may hold secrets. */
        @Override
        public String toString() {
            return "Kafka[" + name + "]";
        }
    }

    /** Decodes one; empty where something is wrong, which is noted. */
    static Optional<Depot> decode(String name, ConfigSection section) {
        String kind = section.optionalString("kind").orElse("");
        switch (kind) {
            case "files" -> {
                String path = section.string("path");
                Map<String, String> options = section.stringMap("options");
                return section.build(() -> new Files(name, path, options));
            }
            case "iceberg" -> {
                return iceberg(name, section);
            }
            case "kafka" -> {
                return kafka(name, section);
            }
            default -> {
                String wrong = section.has("kind") ? "unknown value \"" + kind + "\"; " : "is missing; ";
                section.problem("kind", wrong + Suggestion.among(kind, KINDS));
                section.acceptOtherKeys();
                return Optional.empty();
            }
        }
    }

    private static Optional<Depot> iceberg(String name, ConfigSection section) {
        if (section.has("warehouse") == section.has("catalog")) {
            section.problem(
                    "needs either warehouse = FOLDER, for a catalog in that folder, or catalog { type, uri, … }");
        }
        ObjectNode catalog = section.optionalSection("catalog")
                .map(ConfigSection::raw)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        section.optionalString("warehouse").ifPresent(folder -> catalog.put("warehouse", folder));
        return section.build(() -> new Iceberg(name, catalog));
    }

    private static Optional<Depot> kafka(String name, ConfigSection section) {
        Optional<JsonNode> servers = section.raw("bootstrap-servers");
        if (servers.isEmpty()) {
            section.problem("bootstrap-servers", "is missing");
        }
        Map<String, String> clients = section.stringMap("kafka");
        Optional<ObjectNode> registry = section.optionalSection("registry").map(ConfigSection::raw);
        return section.build(() -> new Kafka(name, servers.orElseThrow(), clients, registry));
    }
}
