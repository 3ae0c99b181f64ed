package io.millrace.kafka.registry;

import io.millrace.config.MillraceException;
import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is said where a registry and we do not agree on who the other one is. */
record TlsFailure(RegistrySettings settings, Throwable failure) {

    /** Returns the failure of a call in other words; empty where it has nothing to do with TLS. */
    static Optional<MillraceException> in(MillraceException failed, RegistrySettings settings) {
        Throwable cause = failed.getCause();
        return cause != null && "https".equalsIgnoreCase(settings.url().getScheme())
                ? new TlsFailure(settings, cause).reason().map(reason -> MillraceException.external(reason, cause))
                : Optional.empty();
    }

    private Optional<String> reason() {
        TlsSettings tls = settings.tls();
        if (cause(CertPathBuilderException.class) != null) {
            String truststore = tls == null ? null : tls.truststore();
            return Optional.of("the certificate of the schema registry at " + settings + " is not trusted; "
                    + (truststore == null
                            ? "set tls.truststore to a file with it, or with that of the authority that signed it"
                            : "neither it nor that of the authority that signed it is in tls.truststore, "
                                    + truststore));
        }
        CertificateException refused = cause(CertificateException.class);
        if (refused != null) {
            return Optional.of("the certificate of the schema registry at " + settings + " does not hold: "
                    + refused.getMessage() + "; look at url, or give the registry another certificate");
        }
        Throwable broken = cause(SSLException.class) != null ? cause(SSLException.class) : cause(EOFException.class);
        if (broken == null) {
            return Optional.empty();
        }
        String keystore = tls == null ? null : tls.keystore();
        return Optional.of("no TLS connection with the schema registry at " + settings + ": " + broken.getMessage()
                + "; if it asks for a certificate, "
                + (keystore == null ? "set tls.keystore" : "it must know the one in tls.keystore, " + keystore));
    }

    private <T extends Throwable> @Nullable T cause(Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
