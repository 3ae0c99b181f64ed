package io.millrace.kafka.internal.registry;

import io.millrace.config.ConfigSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and who we are. Stores are JKS or PKCS#12 files, opened when the configuration is read.
 *
 * @param truststore the file of certificates that are trusted; null for those the JVM trusts
 * @param keystore the file of our own key; null for none
 * @param context what connections are made with
 */
record TlsSettings(@Nullable String truststore, @Nullable String keystore, SSLContext context) {

    private static final String TRUSTSTORE = "truststore";
    private static final String KEYSTORE = "keystore";
    private static final String PASSWORD = "-password";

    static Optional<TlsSettings> decode(ConfigSection section) {
        Optional<String> trustFile = section.optionalString(TRUSTSTORE);
        Optional<String> keyFile = section.optionalString(KEYSTORE);
        Optional<String> trustPassword = password(section, TRUSTSTORE);
        Optional<String> keyPassword = password(section, KEYSTORE);
        Optional<KeyStore> trusted = trustFile.flatMap(file -> opened(section, TRUSTSTORE, file, trustPassword));
        Optional<KeyStore> keys = keyFile.flatMap(file -> opened(section, KEYSTORE, file, keyPassword));
        return section.build(() -> new TlsSettings(
                trustFile.orElse(null),
                keyFile.orElse(null),
                context(trusted.orElse(null), keys.orElse(null), keyPassword.orElse(""))));
    }

    private static Optional<String> password(ConfigSection section, String store) {
        Optional<String> password = section.optionalString(store + PASSWORD);
        if (password.isPresent() && !section.has(store)) {
            section.problem(store + PASSWORD, "is set without " + store);
        }
        return password;
    }

    private static Optional<KeyStore> opened(
            ConfigSection section, String key, String file, Optional<String> password) {
        if (!Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file))) {
            section.problem(key, "cannot be read: " + file);
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType()); // takes both forms
            store.load(in, password.orElse("").toCharArray());
            if (key.equals(TRUSTSTORE) ? store.size() > 0 : holdsKey(store)) {
                return Optional.of(store);
            }
            section.problem(key, "holds no " + (key.equals(TRUSTSTORE) ? "certificate" : "key") + ": " + file);
        } catch (IOException | GeneralSecurityException failed) {
            if (!(failed.getCause() instanceof UnrecoverableKeyException)) {
                section.problem(key, "is no JKS or PKCS#12 file: " + file);
            } else if (password.isPresent()) {
                section.problem(key + PASSWORD, "is not the password of " + file);
            } else {
                section.problem(key, "has a password; set " + key + PASSWORD + ": " + file);
            }
        }
        return Optional.empty();
    }

    private static boolean holdsKey(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    private static SSLContext context(@Nullable KeyStore truststore, @Nullable KeyStore keystore, String password) {
        try {
            TrustManager @Nullable [] trusted = null;
            KeyManager @Nullable [] keys = null;
            if (truststore != null) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(truststore);
                trusted = factory.getTrustManagers();
            }
            if (keystore != null) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keystore, password.toCharArray());
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (UnrecoverableKeyException otherPassword) {
            throw new IllegalArgumentException(
                    "the key in keystore has another password than the file; give it the same", otherPassword);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Shows the files only. */
    @Override
    public String toString() {
        return "truststore " + truststore + ", keystore " + keystore;
    }
}
