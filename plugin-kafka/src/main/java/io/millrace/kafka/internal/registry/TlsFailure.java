package io.millrace.kafka.internal.registry;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

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
        if (Causes.first(failure, CertPathBuilderException.class).isPresent()) {
            String truststore = tls == null ? null : tls.truststore();
            return Optional.of("the certificate of the schema registry at " + settings + " is not trusted; "
                    + (truststore == null
                            ? "set tls.truststore to a file with it, or with that of the authority that signed it"
                            : "neither it nor that of the authority that signed it is in tls.truststore, "
                                    + truststore));
        }
        Optional<CertificateException> refused = Causes.first(failure, CertificateException.class);
        if (refused.isPresent()) {
            return Optional.of("the certificate of the schema registry at " + settings + " does not hold: "
                    + refused.get().getMessage() + "; look at url, or give the registry another certificate");
        }
        Optional<IOException> broken = Causes.first(failure, SSLException.class)
                .map(IOException.class::cast)
                .or(() -> Causes.first(failure, EOFException.class));
        String keystore = tls == null ? null : tls.keystore();
        return broken.map(lost -> "no TLS connection with the schema registry at " + settings + ": " + lost.getMessage()
                + "; if it asks for a certificate, "
                + (keystore == null ? "set tls.keystore" : "it must know the one in tls.keystore, " + keystore));
    }
}
