package io.millrace.kafka.internal.registry;

import io.millrace.config.ConfigSection;
import io.millrace.http.HttpCalls;
import io.millrace.http.Patience;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is reached.
 *
 * @param url its base, without a slash at the end
 * @param authorization the header {@code Authorization}, a secret; null for none
 * @param tls null for what the JVM trusts
 * @param patience with each call
 */
public record RegistrySettings(URI url, @Nullable String authorization, @Nullable TlsSettings tls, Patience patience) {

    private static final Patience USUAL =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), 4, Duration.ofMillis(500));

    /** What a header may hold; otherwise the JDK's client shows all of it in its error. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    /** Decodes the section {@code registry} of another; empty where there is none, or something is wrong, which is noted on it. */
    public static Optional<RegistrySettings> in(ConfigSection parent) {
        return parent.optionalSection("registry").flatMap(RegistrySettings::decode);
    }

    /** Notes where a section has no {@code registry}. */
    public static void require(ConfigSection parent) {
        if (!parent.has("registry")) {
            parent.problem("registry", "is missing; write { url = \"http://host:8081\" }");
        }
    }

    private static Optional<RegistrySettings> decode(ConfigSection section) {
        Optional<URI> url = url(section, section.string("url"));
        Optional<String> authorization = authorization(section);
        Optional<TlsSettings> tls = section.optionalSection("tls").flatMap(TlsSettings::decode);
        if (section.has("tls")
                && url.filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                        .isPresent()) {
            section.problem("tls", "is for a url of https; this one is " + url.orElseThrow());
        }
        Optional<Patience> patience = Patience.in(section, USUAL);
        return section.build(() -> new RegistrySettings(
                url.orElseThrow(), authorization.orElse(null), tls.orElse(null), patience.orElseThrow()));
    }

    private static Optional<URI> url(ConfigSection section, String written) {
        if (written.isEmpty()) {
            return Optional.empty(); // missing, which is noted
        }
        try {
            URI url = new URI(written.replaceAll("/+$", ""));
            if (url.getRawUserInfo() != null) {
                section.problem(
                        "url", "must not hold a user or a password; write basic-auth { user = …, password = … }");
                return Optional.empty();
            }
            if (HttpCalls.isBase(url)) {
                return Optional.of(url);
            }
        } catch (URISyntaxException wrong) {
            // said below, without the text of it, which may hold a secret
        }
        section.problem("url", "must be http://host:port or https://host:port, with a path where the registry has one");
        return Optional.empty();
    }

    private static Optional<String> authorization(ConfigSection section) {
        Optional<String> token = section.optionalString("bearer-token");
        Optional<String> basic = section.optionalSection("basic-auth").flatMap(pair -> {
            String user = pair.string("user");
            String password = pair.string("password");
            if (user.contains(":")) {
                pair.problem("user", "must not hold a colon: it ends there for the registry");
            }
            return pair.build(
                    () -> Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        });
        if (section.has("bearer-token") && section.has("basic-auth")) {
            section.problem("bearer-token", "cannot be set together with basic-auth");
        }
        if (token.filter(each -> !TOKEN.matcher(each).matches()).isPresent()) {
            section.problem("bearer-token", "must be visible ASCII characters only; is there a line break at its end?");
            return Optional.empty();
        }
        return token.map(each -> "Bearer " + each).or(() -> basic.map(each -> "Basic " + each));
    }

    /** Shows the address only. */
    @Override
    public String toString() {
        return url.toString();
    }
}
