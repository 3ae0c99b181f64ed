package io.millrace.catalog;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text with placeholders for parts of coordinates, such as {@code http://host/{domain}/{name}}. */
record CoordinatesTemplate(String setting, String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> PARTS =
            List.of("database", "dbPrefix", "domain", "name", "overrideDbName", "version");

    /** Returns what is wrong with the placeholders. */
    Optional<String> flaw() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(part -> !PARTS.contains(part))
                .findFirst()
                .map(part -> "unknown placeholder {" + part + "}; " + Suggestion.among(part, PARTS));
    }

    boolean names(String part) {
        return text.contains("{" + part + "}");
    }

    /**
     * Returns the text with the parts of the coordinates in it.
     *
     * @throws MillraceException of kind USER where the coordinates lack a part
     */
    String filled(CatalogCoordinates coordinates, UnaryOperator<String> encoder) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(encoder.apply(part(coordinates, found))));
    }

    private String part(CatalogCoordinates coordinates, MatchResult found) {
        String part = found.group(1);
        @Nullable
        String value =
                switch (part) {
                    case "domain" -> coordinates.domain();
                    case "name" -> coordinates.name();
                    case "version" -> coordinates.version();
                    case "dbPrefix" -> coordinates.dbPrefix();
                    case "overrideDbName" -> coordinates.overrideDbName();
                    case "database" -> coordinates.database().orElse(null);
                    default -> throw MillraceException.internal("unknown placeholder " + part, null);
                };
        if (value == null) {
            throw MillraceException.user(
                    setting + " \"" + text + "\" needs {" + part + "}, which " + coordinates + " does not say");
        }
        return value;
    }
}
