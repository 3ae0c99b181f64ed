package io.millrace.catalog;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an entity wants a batch: as files it will take over, or as rows sent to it. */
public sealed interface WriteExecutionPlan {

    /** Files without credentials of their own. */
    static WriteExecutionPlan cold(EntityFormat format, String writeUri) {
        return new Cold(format, writeUri, null);
    }

    /** Rows sent to {@link ParallelWriteEntity#hot()}. */
    static WriteExecutionPlan hot() {
        return new Hot();
    }

    /**
     * Files, written to a place of the entity's.
     *
     * @param format the format of the files
     * @param writeUri the place, as the entity names it
     * @param temporaryCredentials what opens the place; null where the run's own rights do
     */
    record Cold(EntityFormat format, String writeUri, @Nullable TemporaryCredentials temporaryCredentials)
            implements WriteExecutionPlan {

        /** Checks that the place is named. */
        public Cold {
            Objects.requireNonNull(format, "format");
            if (writeUri.isBlank()) {
                throw new IllegalArgumentException("writeUri must not be blank");
            }
        }

        /** Returns the place as Hadoop's file systems name it: {@code s3} is {@code s3a}. */
        public String location() {
            return writeUri.regionMatches(true, 0, "s3://", 0, 5) ? "s3a://" + writeUri.substring(5) : writeUri;
        }

        /** Returns what opens the place, if the entity gave anything. */
        public Optional<TemporaryCredentials> credentials() {
            return Optional.ofNullable(temporaryCredentials);
        }
    }

    /** Rows, sent over HTTP. */
    record Hot() implements WriteExecutionPlan {}
}
