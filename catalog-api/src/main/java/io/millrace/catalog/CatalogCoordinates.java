package io.millrace.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Option;
import io.millrace.config.OptionBuilder;
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

    private static final Option<String> DOMAIN = part("domain").required("The entity's data domain.");
    private static final Option<String> NAME = part("name").required("The entity's name inside the domain.");
    private static final Option<String> VERSION = part("version").required("The entity's version.");
    private static final Option<String> DB_PREFIX =
            part("dbPrefix").optional("What precedes the domain in the name of the database.");
    private static final Option<String> OVERRIDE_DB_NAME =
            part("overrideDbName").optional("The database, whatever the other parts say.");

    static final List<Option<?>> OPTIONS = List.of(DOMAIN, NAME, VERSION, DB_PREFIX, OVERRIDE_DB_NAME);

    private static OptionBuilder<String> part(String key) {
        return Option.of(key, "text", CatalogCoordinates::part);
    }

    private static Optional<String> part(ConfigSection section, String key) {
        Optional<String> value = section.optionalString(key);
        value.flatMap(CatalogCoordinates::flaw).ifPresent(flaw -> section.problem(key, flaw));
        return value;
    }

    /** Decodes {@code domain, name, version, dbPrefix, overrideDbName}; empty after noting what is wrong. */
    static Optional<CatalogCoordinates> decode(ConfigSection section) {
        Optional<String> domain = section.find(DOMAIN);
        Optional<String> name = section.find(NAME);
        Optional<String> version = section.find(VERSION);
        @Nullable String dbPrefix = section.find(DB_PREFIX).orElse(null);
        @Nullable String overrideDbName = section.find(OVERRIDE_DB_NAME).orElse(null);
        return section.build(() -> new CatalogCoordinates(
                domain.orElseThrow(), name.orElseThrow(), version.orElseThrow(), dbPrefix, overrideDbName));
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
