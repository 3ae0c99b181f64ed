package io.millrace.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.Optional;

/** Sizes as people write them, such as {@code 128MB} (millions) or {@code 128MiB} (of 1024 times 1024); a bare number is bytes. */
public final class ByteSize {

    private ByteSize() {}

    /** Returns the number of bytes; empty for a text that is not a size, and for less than one byte. */
    public static Optional<Long> parse(String text) {
        try {
            long bytes = ConfigFactory.empty()
                    .withValue("size", ConfigValueFactory.fromAnyRef(text))
                    .getBytes("size");
            return bytes < 1 ? Optional.empty() : Optional.of(bytes);
        } catch (ConfigException notASize) {
            return Optional.empty();
        }
    }
}
