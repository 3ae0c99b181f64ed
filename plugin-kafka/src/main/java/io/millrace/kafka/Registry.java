package io.millrace.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A registry of schemas that speaks Confluent's REST protocol; for {@link Decode} and {@link Encode}. Not for use by several threads. */
public final class Registry {

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> tls = new LinkedHashMap<>();

    private Registry(String url) {
        settings.put("url", url);
    }

    /** The registry at an address, such as {@code http://localhost:8081}. */
    public static Registry at(String url) {
        return new Registry(url);
    }

    /** Names who asks. Shown nowhere. */
    public Registry basicAuth(String user, String password) {
        return with("basic-auth", Map.of("user", user, "password", password));
    }

    /** Names who asks, by a token. Shown nowhere. */
    public Registry bearerToken(String token) {
        return with("bearer-token", token);
    }

    /** Trusts the certificates of a file, in JKS or PKCS#12, on the driver; without it, those that the JVM trusts. */
    public Registry truststore(String file, String password) {
        tls.put("truststore", file);
        tls.put("truststore-password", password);
        return with("tls", tls);
    }

    /** Says who we are by the key of a file, in JKS or PKCS#12, on the driver. */
    public Registry keystore(String file, String password) {
        tls.put("keystore", file);
        tls.put("keystore-password", password);
        return with("tls", tls);
    }

    /** Says how long a connection may take. */
    public Registry connectTimeout(Duration most) {
        return with("connect-timeout", most);
    }

    /** Says how long an answer may take. */
    public Registry requestTimeout(Duration most) {
        return with("request-timeout", most);
    }

    /** Says how often it is asked again where it is not reached, or has a fault. */
    public Registry retries(int most) {
        return with("retries", most);
    }

    /** Says how long to wait before asking again; each further pause is twice as long, up to eight times. */
    public Registry retryPause(Duration first) {
        return with("retry-pause", first);
    }

    private Registry with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    Map<String, Object> settings() {
        return settings;
    }
}
