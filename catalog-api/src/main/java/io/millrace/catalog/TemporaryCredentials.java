package io.millrace.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What opens the storage of a {@link WriteExecutionPlan.Cold} for a while. Never written to a log: {@code toString} masks the secrets.
 *
 * @param read the key for reading; null where the entity gave none
 * @param write the key for writing; null where the entity gave none
 */
public record TemporaryCredentials(@Nullable AccessKey read, @Nullable AccessKey write) {

    /** Returns the key for writing, else the one for reading. */
    public Optional<AccessKey> forWriting() {
        return Optional.ofNullable(write == null ? read : write);
    }

    /** Returns the key for reading, else the one for writing. */
    public Optional<AccessKey> forReading() {
        return Optional.ofNullable(read == null ? write : read);
    }

    /**
     * One temporary key of an S3 storage.
     *
     * @param accessKeyId the public part
     * @param secretKey the secret part
     * @param sessionToken the token that goes with both
     */
    public record AccessKey(String accessKeyId, String secretKey, String sessionToken) {

        /** Returns the key without its secrets. */
        @Override
        public String toString() {
            return "AccessKey[accessKeyId=***, secretKey=***, sessionToken=***]";
        }
    }
}
