package io.millrace.catalog;

import com.typesafe.config.Config;
import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.internal.http.HttpCalls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built-in catalog of entities behind addresses: {@code base-url} says where an entity answers, as in
 * <code>http://host/{domain}/{name}/{version}</code>, and {@code table} what its table is called, <code>{name}</code> unless it is set. Both
 * know the placeholders {@code domain}, {@code name}, {@code version}, {@code dbPrefix}, {@code overrideDbName} and {@code database}. A table
 * without a dot lies in the coordinates' database.
 */
public final class RestEntityCatalog extends EntityCatalogConfiguration {

    static final String BASE_URL = "base-url";
    static final String TABLE = "table";
    private static final CatalogCoordinates SAMPLE =
            new CatalogCoordinates("domain", "name", "v1", "prefix", "database");

    private @Nullable Settings settings;

    /** A catalog that knows nothing until it is configured. */
    public RestEntityCatalog() {}

    @Override
    protected void configure(Config root) {
        Problems problems = new Problems();
        EntityCatalogLoader.settings(ConfigDocument.of(root), problems).ifPresent(this::take);
        problems.throwIfAny();
    }

    /** Takes the templates of the section; what is wrong is noted there. */
    void take(ConfigSection section) {
        CoordinatesTemplate baseUrl = template(section, BASE_URL, section.string(BASE_URL));
        CoordinatesTemplate table =
                template(section, TABLE, section.optionalString(TABLE).orElse("{name}"));
        Optional<ExchangeSettings> exchange = ExchangeSettings.of(section);
        if (!baseUrl.text().isEmpty() && baseUrl.flaw().isEmpty()) {
            flawOfUrl(baseUrl).ifPresent(flaw -> section.problem(BASE_URL, flaw));
        }
        exchange.ifPresent(each -> settings = new Settings(baseUrl, table, new HttpCalls(each.retries())));
    }

    @Override
    public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
        Settings known = known();
        return new HttpEntity(url(known.baseUrl, coordinates), known.http);
    }

    @Override
    public String getEntityTableName(CatalogCoordinates coordinates) {
        CoordinatesTemplate table = known().table;
        String[] parts = table.text().split("\\.", -1);
        String name = Stream.of(parts)
                .map(part ->
                        new CoordinatesTemplate(table.setting(), part).filled(coordinates, UnaryOperator.identity()))
                .map(Identifier::quoted)
                .collect(Collectors.joining("."));
        Optional<String> database = parts.length == 1 ? coordinates.database() : Optional.empty();
        return database.map(Identifier::quoted)
                .map(quoted -> quoted + "." + name)
                .orElse(name);
    }

    private static CoordinatesTemplate template(ConfigSection section, String key, String text) {
        CoordinatesTemplate template = new CoordinatesTemplate(section.path(key), text);
        template.flaw().ifPresent(flaw -> section.problem(key, flaw));
        return template;
    }

    private static Optional<String> flawOfUrl(CoordinatesTemplate baseUrl) {
        if (!baseUrl.names("name")) {
            return Optional.of("must hold {name}: every entity has an address of its own");
        }
        try {
            HttpEntity.checked(url(baseUrl, SAMPLE));
            return Optional.empty();
        } catch (MillraceException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static URI url(CoordinatesTemplate baseUrl, CatalogCoordinates coordinates) {
        String url = baseUrl.filled(coordinates, RestEntityCatalog::encoded);
        try {
            return URI.create(url);
        } catch (IllegalArgumentException notAUrl) {
            throw MillraceException.user("is not a URL: " + notAUrl.getMessage(), notAUrl);
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Settings known() {
        if (settings == null) {
            throw MillraceException.internal("the catalog was not configured", null);
        }
        return settings;
    }

    private record Settings(CoordinatesTemplate baseUrl, CoordinatesTemplate table, HttpCalls http) {}
}
