package io.millrace.parallelwrite;

import io.millrace.catalog.TemporaryCredentials.AccessKey;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns an entity's temporary credentials into Hadoop settings for one bucket and one write. */
final class StorageOptions {

    private static final String PROVIDER = "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider";

    private StorageOptions() {}

    /**
     * Returns the settings. The cache of file systems is off for them: its key knows nothing of credentials, so the next batch would meet this
     * one's.
     *
     * @return empty where the place is not in S3, so that the credentials are of no use
     */
    static Optional<Map<String, String>> of(String location, AccessKey key) {
        URI place = URI.create(location.replace(" ", "%20"));
        String bucket = place.getAuthority();
        if (!"s3a".equalsIgnoreCase(place.getScheme()) || bucket == null) {
            return Optional.empty();
        }
        String prefix = "fs.s3a.bucket." + bucket + ".";
        Map<String, String> options = new LinkedHashMap<>();
        options.put("fs.s3a.impl.disable.cache", "true");
        options.put(prefix + "aws.credentials.provider", PROVIDER);
        options.put(prefix + "access.key", key.accessKeyId());
        options.put(prefix + "secret.key", key.secretKey());
        options.put(prefix + "session.token", key.sessionToken());
        return Optional.of(options);
    }
}
