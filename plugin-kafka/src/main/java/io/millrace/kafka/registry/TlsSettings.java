package io.millrace.kafka.registry;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and who we are. Stores are JKS or PKCS#12 files.
 *
 * @param truststore certificates that are trusted; null for those the JVM trusts
 * @param keystore our own key; null for none
 */
record TlsSettings(@Nullable Store truststore, @Nullable Store keystore) {

    /**
     * A file with a password.
     *
     * @param file its path
     * @param password a secret
     */
    record Store(String file, String password) {

        KeyStore load() throws IOException, GeneralSecurityException {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                store.load(in, password.toCharArray());
            }
            return store;
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Optional<TlsSettings> decode(ConfigSection section) {
        Optional<Store> truststore = store(section, "truststore");
        Optional<Store> keystore = store(section, "keystore");
        return section.build(() -> new TlsSettings(truststore.orElse(null), keystore.orElse(null)));
    }

    private static Optional<Store> store(ConfigSection section, String key) {
        Optional<String> file = section.optionalString(key);
        Optional<String> password = section.optionalString(key + "-password");
        file.filter(path -> !Files.isReadable(Path.of(path)))
                .ifPresent(path -> section.problem(key, "cannot be read: " + path));
        return file.map(path -> new Store(path, password.orElse("")));
    }

    /**
     * Opens the stores.
     *
     * @throws MillraceException of kind USER where one cannot be opened
     */
    SSLContext context() {
        try {
            TrustManager @Nullable [] trusted = null;
            KeyManager @Nullable [] keys = null;
            if (truststore != null) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(truststore.load());
                trusted = factory.getTrustManagers();
            }
            if (keystore != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keystore.load(), keystore.password.toCharArray());
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (IOException | GeneralSecurityException failed) {
            throw MillraceException.user(
                    "the truststore or keystore of the schema registry cannot be opened (" + truststore + ", "
                            + keystore + "): " + failed.getMessage(),
                    failed);
        }
    }
}
