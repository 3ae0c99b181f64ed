package io.millrace.flare.internal.depot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a dataset lies: {@code dataos://depot:collection/dataset?acl=rw}.
 *
 * @param depot the name of the depot
 * @param collectionName null where there is none, which is also written {@code none}
 * @param datasetName with slashes where it lies deeper; null where the address stops at the collection
 * @param access what the query allows
 */
public record Address(String depot, @Nullable String collectionName, @Nullable String datasetName, Access access) {

    /** What may be done with a dataset. */
    public enum Access {
        /** Nothing is said: what is done where the address stands. */
        UNSAID,
        READ,
        WRITE
    }

    private static final String SCHEME = "dataos://";
    private static final Pattern PARTS = Pattern.compile("([A-Za-z0-9_-]+)(?::([^/:]+)(?:/+(.*))?)?");

    /** Returns whether a text is meant to be one. */
    public static boolean isAddress(String text) {
        return text.strip().startsWith(SCHEME);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong about the text, to follow it in a message
     */
    public static Address parse(String text) {
        int query = text.indexOf('?');
        Access access = query < 0 ? Access.UNSAID : access(text.substring(query + 1));
        String plain = (query < 0 ? text : text.substring(0, query)).strip();
        Matcher parts = PARTS.matcher(plain.startsWith(SCHEME) ? plain.substring(SCHEME.length()) : "");
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not an address; write dataos://depot:collection/dataset?acl=rw");
        }
        String collection = parts.group(2);
        String dataset = parts.group(3) == null ? "" : parts.group(3).replaceAll("/+$", "");
        return new Address(
                parts.group(1),
                "none".equals(collection) ? null : collection,
                dataset.isEmpty() ? null : dataset,
                access);
    }

    private static Access access(String query) {
        Access access = Access.UNSAID;
        for (String each : query.split("&", -1)) {
            access = switch (each) {
                case "" -> access;
                case "acl=r" -> Access.READ;
                case "acl=rw", "acl=w" -> Access.WRITE;
                default ->
                    throw new IllegalArgumentException(
                            "has \"" + each + "\" after its question mark; only acl=r and acl=rw can stand there");
            };
        }
        return access;
    }

    /** Returns the collection; empty where the address names none. */
    public Optional<String> collection() {
        return Optional.ofNullable(collectionName);
    }

    /** Returns the dataset; empty where the address stops before it. */
    public Optional<String> dataset() {
        return Optional.ofNullable(datasetName);
    }

    /** Returns the address of a dataset below this one. */
    public Address child(String name) {
        return new Address(depot, collectionName, datasetName == null ? name : datasetName + "/" + name, access);
    }

    /** {@code icebase.raw01.rides}: how reports call it. */
    public String words() {
        String words = depot;
        words += collectionName == null ? "" : "." + collectionName;
        return words + (datasetName == null ? "" : "." + datasetName.replace('/', '.'));
    }
}
