package io.millrace.flare.internal.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset whose depot is known: an address with what it means.
 *
 * @param path where the address is written
 */
public record Dataset(Address address, Depot depot, String path) {

    /**
     * Reads the address under a key; empty where it is none, which is noted.
     *
     * @param below the dataset's name where the address stops before it; empty where it must not
     */
    public static Optional<Dataset> decode(
            ConfigSection section, String key, Optional<String> below, FlareDocument text) {
        return decode(
                section,
                key,
                text,
                address -> address.dataset().isEmpty() && below.isPresent() ? address.child(below.get()) : address);
    }

    /** Reads the address of a place under a key, and appends the name of a dataset to it. */
    public static Optional<Dataset> below(
            ConfigSection section, String key, Optional<String> name, FlareDocument text) {
        return decode(section, key, text, address -> name.map(address::child).orElse(address));
    }

    private static Optional<Dataset> decode(
            ConfigSection section, String key, FlareDocument text, UnaryOperator<Address> whole) {
        String written = section.string(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            Address address = Address.parse(written);
            Optional<Depot> depot = text.depots().find(address.depot());
            if (depot.isEmpty()) {
                if (!text.depots().isBroken(address.depot())) {
                    section.problem(key, text.depots().unknown(address.depot()));
                }
                return Optional.empty();
            }
            Address dataset = whole.apply(address);
            Optional<String> wrong = wrong(dataset, depot.get());
            wrong.ifPresent(message -> section.problem(key, message));
            return wrong.isEmpty()
                    ? Optional.of(new Dataset(dataset, depot.get(), section.path(key)))
                    : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            section.problem(key, "\"" + written + "\" " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> wrong(Address address, Depot depot) {
        if (address.dataset().isEmpty()) {
            return Optional.of("names no dataset; write dataos://" + address.depot() + ":"
                    + address.collection().orElse("none") + "/DATASET");
        }
        if (depot instanceof Depot.Iceberg && address.collection().isEmpty()) {
            return Optional.of("names no collection, and a table of the Iceberg depot " + address.depot()
                    + " is in one; write dataos://" + address.depot() + ":COLLECTION/"
                    + address.dataset().orElseThrow());
        }
        return Optional.empty();
    }

    /** Notes where a dataset is written whose address says that it is read. */
    public void requireWritable(ConfigSection section, String key) {
        if (address.access() == Address.Access.READ) {
            section.problem(key, "must not be written: acl=r is for reading; write ?acl=rw behind it");
        }
    }

    /** Returns the value of a model of this dataset, to be filled up. */
    public ObjectNode value() {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        if (depot instanceof Depot.Iceberg) {
            value.put("table", table());
        } else if (depot instanceof Depot.Files files) {
            value.put("path", path(files.path()));
        } else if (depot instanceof Depot.Kafka kafka) {
            value.set("bootstrap-servers", kafka.servers());
            value.put("topic", address.dataset().orElseThrow());
            kafka.clients().forEach((name, option) -> value.withObject("/kafka").put(name, option));
        }
        return value;
    }

    /** Returns the key of the value that says where it lies. */
    public String key() {
        if (depot instanceof Depot.Iceberg) {
            return "table";
        }
        return depot instanceof Depot.Files ? "path" : "topic";
    }

    /** Returns the folder it would be, were it no dataset; empty where its depot has no folders. */
    public Optional<String> folder() {
        if (depot instanceof Depot.Files files) {
            return Optional.of(path(files.path()));
        }
        return depot instanceof Depot.Iceberg iceberg
                ? Optional.ofNullable(iceberg.catalog().path("warehouse").textValue())
                        .map(this::path)
                : Optional.empty();
    }

    private String table() {
        List<String> parts = Stream.of(
                        Stream.of(address.depot()),
                        address.collection().stream(),
                        Stream.of(address.dataset().orElseThrow().split("/+")))
                .flatMap(each -> each)
                .toList();
        return parts.stream().map(Dataset::quoted).collect(Collectors.joining("."));
    }

    private static String quoted(String part) {
        return part.matches("[A-Za-z_][A-Za-z0-9_]*") ? part : "`" + part.replace("`", "``") + "`";
    }

    private String path(String folder) {
        String root = folder.replaceAll("/+$", "");
        String collection = address.collection().map(name -> "/" + name).orElse("");
        return root + collection + "/" + address.dataset().orElseThrow();
    }
}
