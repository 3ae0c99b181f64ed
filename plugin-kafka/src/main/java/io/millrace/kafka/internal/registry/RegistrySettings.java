package io.millrace.kafka.internal.registry;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.http.HttpRetries;
import io.millrace.internal.http.HttpCalls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is reached.
 *
 * @param url its base, without a slash at the end
 * @param authorization the header {@code Authorization}, a secret; null for none
 * @param tls null for what the JVM trusts
 * @param retries with each call
 */
public record RegistrySettings(
        URI url, @Nullable String authorization, @Nullable TlsSettings tls, HttpRetries retries) {

    private static final HttpRetries USUAL =
            new HttpRetries(Duration.ofSeconds(5), Duration.ofSeconds(10), 4, Duration.ofMillis(500));

    private static final Option<URI> URL = Option.of("url", "http or https URL", RegistrySettings::url)
            .otherwise(
                    "required for confluent-avro",
                    "A registry that speaks Confluent's REST protocol, such as http://localhost:8081.");
    private static final Option<String> BASIC_AUTH = Option.of(
                    "basic-auth", "{ user = …, password = … }", RegistrySettings::basicAuth)
            .secret()
            .optional("A name and a password for the registry.");
    private static final Option<String> BEARER_TOKEN =
            Option.text("bearer-token").secret().optional("A token for the registry.");
    private static final Option<TlsSettings> TLS = Option.of(
                    "tls",
                    "{ truststore, truststore-password, keystore, keystore-password }",
                    (section, key) -> section.optionalSection(key).flatMap(TlsSettings::decode))
            .otherwise("what the JVM trusts", "Whom to trust, and who we are, in JKS or PKCS#12 files on the driver.");

    /** The options, of which {@link HttpRetries} decodes the last four. */
    public static final List<Option<?>> OPTIONS = List.of(
            URL,
            BASIC_AUTH,
            BEARER_TOKEN,
            TLS,
            Option.duration("connect-timeout")
                    .byDefault(USUAL.connectTimeout(), "How long a connection to the registry may take."),
            Option.duration("request-timeout")
                    .byDefault(USUAL.requestTimeout(), "How long an answer of the registry may take."),
            Option.count("retries")
                    .byDefault(
                            USUAL.retries(),
                            "How often the registry is asked again where it is not reached, or answers with a status of 500 and above or 429."),
            Option.duration("retry-pause")
                    .byDefault(
                            USUAL.retryPause(),
                            "How long to wait before asking again; each further pause is twice as long, up to eight times."));

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
        if (!section.has(URL)) {
            section.problem(URL, "is missing");
        }
        Optional<URI> url = section.find(URL);
        Optional<String> authorization = authorization(section);
        Optional<TlsSettings> tls = section.find(TLS);
        if (section.has(TLS)
                && url.filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                        .isPresent()) {
            section.problem(TLS, "is for a url of https; this one is " + url.orElseThrow());
        }
        Optional<HttpRetries> retries = HttpRetries.in(section, USUAL);
        return section.build(() -> new RegistrySettings(
                url.orElseThrow(), authorization.orElse(null), tls.orElse(null), retries.orElseThrow()));
    }

    private static Optional<URI> url(ConfigSection section, String key) {
        Optional<String> written = section.optionalString(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(written.get().replaceAll("/+$", ""));
            if (url.getRawUserInfo() != null) {
                section.problem(key, "must not hold a user or a password; write basic-auth { user = …, password = … }");
                return Optional.empty();
            }
            if (HttpCalls.isBase(url)) {
                return Optional.of(url);
            }
        } catch (URISyntaxException wrong) {
            // said below, without the text of it, which may hold a secret
        }
        section.problem(key, "must be http://host:port or https://host:port, with a path where the registry has one");
        return Optional.empty();
    }

    private static Optional<String> authorization(ConfigSection section) {
        Optional<String> token = section.find(BEARER_TOKEN);
        Optional<String> basic = section.find(BASIC_AUTH);
        if (section.has(BEARER_TOKEN) && section.has(BASIC_AUTH)) {
            section.problem(BEARER_TOKEN, "cannot be set together with basic-auth");
        }
        if (token.filter(each -> !TOKEN.matcher(each).matches()).isPresent()) {
            section.problem(BEARER_TOKEN, "must be visible ASCII characters only; is there a line break at its end?");
            return Optional.empty();
        }
        return token.map(each -> "Bearer " + each).or(() -> basic.map(each -> "Basic " + each));
    }

    private static Optional<String> basicAuth(ConfigSection section, String key) {
        return section.optionalSection(key).flatMap(pair -> {
            String user = pair.string("user");
            String password = pair.string("password");
            if (user.contains(":")) {
                pair.problem("user", "must not hold a colon: it ends there for the registry");
            }
            return pair.build(
                    () -> Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        });
    }

    /** Shows the address only. */
    @Override
    public String toString() {
        return url.toString();
    }
}
