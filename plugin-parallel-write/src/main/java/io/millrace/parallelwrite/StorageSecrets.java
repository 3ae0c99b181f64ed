package io.millrace.parallelwrite;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import java.util.List;

/**
 * The secrets in a target's storage options. Storage likes to quote keys in its errors, so whatever a write has to say passes through here.
 *
 * @param values what must not be seen
 */
record StorageSecrets(List<String> values) {

    private static final List<String> KEYS = List.of(".access.key", ".secret.key", ".session.token");

    StorageSecrets {
        values = List.copyOf(values);
    }

    static StorageSecrets of(ColdTarget target) {
        return new StorageSecrets(target.storageOptions().entrySet().stream()
                .filter(option -> KEYS.stream().anyMatch(option.getKey()::endsWith))
                .map(option -> option.getValue())
                .filter(value -> !value.isBlank())
                .toList());
    }

    CommitOutcome mask(CommitOutcome outcome) {
        if (outcome instanceof Rejected rejected) {
            return new Rejected(mask(rejected.reason()));
        }
        if (outcome instanceof Unknown unknown) {
            return new Unknown(mask(unknown.reason()));
        }
        if (outcome instanceof Committed committed) {
            List<String> warnings =
                    committed.warnings().stream().map(this::mask).toList();
            return new Committed(committed.commit(), committed.counts(), committed.details(), warnings);
        }
        return (AlreadyCommitted) outcome;
    }

    /** Returns the failure itself, or a copy of it where a message in its chain holds a secret. */
    MillraceException mask(MillraceException failure) {
        if (!seenIn(failure)) {
            return failure;
        }
        String message = mask(failure.getMessage());
        Masked cause = failure.getCause() == null ? null : new Masked(failure.getCause(), this);
        return switch (failure.kind()) {
            case USER -> cause == null ? MillraceException.user(message) : MillraceException.user(message, cause);
            case PLUGIN -> MillraceException.plugin(message, cause);
            case EXTERNAL -> MillraceException.external(message, cause);
            case INTERNAL -> MillraceException.internal(message, cause);
        };
    }

    private String mask(String text) {
        String masked = text;
        for (String secret : values) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    private boolean seenIn(Throwable failure) {
        return Causes.of(failure).stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> values.stream().anyMatch(message::contains));
    }

    /** A failure retold: its class and message with the secrets masked, its stack, its cause. */
    private static final class Masked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Masked(Throwable thrown, StorageSecrets secrets) {
            super(
                    secrets.mask(thrown.toString()),
                    thrown.getCause() == null ? null : new Masked(thrown.getCause(), secrets));
            setStackTrace(thrown.getStackTrace());
        }
    }
}
