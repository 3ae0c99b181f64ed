package io.millrace.internal.files;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.millrace.internal.spark.files.PartitionPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that a batch created.
 *
 * @param path relative to the target's folder
 * @param bytes its size
 */
public record WrittenFile(String path, long bytes) {

    /** Returns the values of its partition columns, in order and as texts; null stands for NULL. Empty where there are none. */
    @JsonIgnore
    public Map<String, @Nullable String> partition() {
        return PartitionPath.values(path);
    }
}
