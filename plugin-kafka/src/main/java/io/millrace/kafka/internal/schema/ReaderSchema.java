package io.millrace.kafka.internal.schema;

import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.registry.RegisteredSchema;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import io.millrace.kafka.internal.spark.AvroValue;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which schema the records that come out have: the newest of a subject, one of its versions, or one that is written in the configuration.
 *
 * @param name the subject, of which all versions may be met in the topic; null where a schema is written and none is named
 * @param version null for the newest
 * @param written null for the subject's
 */
public record ReaderSchema(@Nullable String name, @Nullable Integer version, @Nullable Schema written) {

    /** The id of a schema that is not from the registry. */
    private static final int UNREGISTERED = -1;

    /** Returns the subject; empty where none is named. */
    public Optional<String> subject() {
        return Optional.ofNullable(name);
    }

    /** Returns whether it stands in the configuration. */
    public boolean isWritten() {
        return written != null;
    }

    /** Returns whether it is another one when the subject gets a new version. */
    public boolean isNewest() {
        return written == null && version == null;
    }

    /** Asks the registry, where it is not written. */
    public RegisteredSchema find(SchemaRegistry registry) {
        if (written != null) {
            return new RegisteredSchema(UNREGISTERED, "AVRO", written.toString(), List.of());
        }
        String subject = subject().orElseThrow();
        return version == null ? registry.latest(subject) : registry.version(subject, version);
    }

    /**
     * Returns a schema that can become columns.
     *
     * @throws MillraceException of kind USER where it cannot
     */
    public Schema columns(RegisteredSchema found) {
        Schema schema = found.avro();
        try {
            AvroValue.type(schema);
            return schema;
        } catch (IllegalArgumentException unusable) {
            throw MillraceException.user(
                    "schema " + found.id() + " of " + this + " " + unusable.getMessage(), unusable);
        }
    }

    /** {@code subject orders-value}, {@code subject orders-value, version 3}, {@code schema shop.Order}. */
    @Override
    public String toString() {
        if (written != null) {
            return "schema " + written.getFullName();
        }
        return "subject " + name + (version == null ? "" : ", version " + version);
    }
}
