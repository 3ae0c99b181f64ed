package io.millrace.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an entity is found in the entity catalog and in the metastore. The parts become identifiers, paths and addresses, so none of them is
 * blank or holds a slash, a backslash, {@code ..} or a control character.
 *
 * @param domain the data domain
 * @param name the entity's name inside the domain
 * @param version the entity's version, such as {@code v1}
 * @param dbPrefix what precedes the domain in the name of the database; null for none
 * @param overrideDbName the database, whatever the other parts say; null for none
 */
public record CatalogCoordinates(
        String domain, String name, String version, @Nullable String dbPrefix, @Nullable String overrideDbName) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * Checks every part.
     *
     * @throws MillraceException of kind USER with every part that is refused
     */
    public CatalogCoordinates {
        List<Problem> problems = new ArrayList<>();
        refuse("domain", domain, problems);
        refuse("name", name, problems);
        refuse("version", version, problems);
        refuse("dbPrefix", dbPrefix, problems);
        refuse("overrideDbName", overrideDbName, problems);
        if (!problems.isEmpty()) {
            throw MillraceException.user(problems);
        }
    }

    /** Coordinates of an entity whose table lies in the current database. */
    public CatalogCoordinates(String domain, String name, String version) {
        this(domain, name, version, null, null);
    }

    /** Returns the database: {@code overrideDbName}, else {@code dbPrefix + domain}; empty for the current one. Not quoted. */
    public Optional<String> database() {
        if (overrideDbName != null) {
            return Optional.of(overrideDbName);
        }
        return dbPrefix == null ? Optional.empty() : Optional.of(dbPrefix + domain);
    }

    /** Returns {@code domain/name/version} and the database, where the coordinates name one. */
    @Override
    public String toString() {
        return domain + "/" + name + "/" + version
                + database().map(database -> " (database " + database + ")").orElse("");
    }

    /** Decodes {@code domain, name, version, dbPrefix, overrideDbName}; empty after noting what is wrong. */
    static Optional<CatalogCoordinates> decode(ConfigSection section) {
        String domain = required(section, "domain");
        String name = required(section, "name");
        String version = required(section, "version");
        @Nullable String dbPrefix = optional(section, "dbPrefix");
        @Nullable String overrideDbName = optional(section, "overrideDbName");
        return section.build(() -> new CatalogCoordinates(domain, name, version, dbPrefix, overrideDbName));
    }

    void encode(ObjectNode into) {
        into.put("domain", domain).put("name", name).put("version", version);
        if (dbPrefix != null) {
            into.put("dbPrefix", dbPrefix);
        }
        if (overrideDbName != null) {
            into.put("overrideDbName", overrideDbName);
        }
    }

    private static String required(ConfigSection section, String key) {
        String value = section.string(key);
        if (!value.isEmpty()) {
            flaw(value).ifPresent(flaw -> section.problem(key, flaw));
        }
        return value;
    }

    private static @Nullable String optional(ConfigSection section, String key) {
        return section.has(key) ? required(section, key) : null;
    }

    private static void refuse(String part, @Nullable String value, List<Problem> problems) {
        if (value != null) {
            flaw(value).ifPresent(flaw -> problems.add(new Problem(null, part, flaw)));
        }
    }

    private static Optional<String> flaw(String value) {
        if (value.isBlank()) {
            return Optional.of("must not be blank");
        }
        if (CONTROL.matcher(value).find()) {
            String shown = CONTROL.matcher(value).replaceAll("?");
            return Optional.of("must not hold a control character: \"" + shown + "\"");
        }
        boolean path = value.contains("/") || value.contains("\\") || value.contains("..") || value.equals(".");
        return path ? Optional.of("must be a plain name without /, \\ or .., not \"" + value + "\"") : Optional.empty();
    }
}
