package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.internal.spark.files.PartitionPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;
import org.jspecify.annotations.Nullable;

/** The commits of a Delta table as they lie in its log: lines of JSON, an action each. One that is cleaned away is a FileNotFoundException. */
final class DeltaLogFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem files;
    private final Path folder;

    private DeltaLogFiles(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    static DeltaLogFiles of(DeltaLog log) throws IOException {
        return new DeltaLogFiles(log.logPath().getFileSystem(log.newDeltaHadoopConf()), log.logPath());
    }

    /** Returns the file of a commit, in the folder of a log. */
    static Path commit(Path log, long version) {
        return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    }

    /** Returns what a commit says of itself, an empty object where it says nothing. Reads its first lines only: the files it added may be many. */
    JsonNode info(long version) throws IOException {
        List<JsonNode> found = actions(version, "commitInfo", 1);
        return found.isEmpty() ? JSON.createObjectNode() : found.get(0);
    }

    /** Returns the actions of one kind of a commit. */
    List<JsonNode> actions(long version, String kind) throws IOException {
        return actions(version, kind, Integer.MAX_VALUE);
    }

    private List<JsonNode> actions(long version, String kind, int limit) throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        read(version, (found, action) -> {
            if (found.equals(kind)) {
                actions.add(action.get());
            }
            return actions.size() < limit;
        });
        return actions;
    }

    /** Takes an action of a commit. */
    private interface Reader {

        /**
         * Takes the next one.
         *
         * @param action parsed when it is asked for, as most of a commit is not
         * @return whether to go on
         */
        boolean next(String kind, Action action) throws IOException;
    }

    private interface Action {
        JsonNode get() throws IOException;
    }

    private void read(long version, Reader reader) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(files.open(commit(folder, version)), StandardCharsets.UTF_8))) {
            boolean more = true;
            for (String line = lines.readLine(); line != null && more; line = lines.readLine()) {
                String text = line;
                int end = text.indexOf('"', 2);
                if (text.startsWith("{\"") && end > 0) {
                    String kind = text.substring(2, end);
                    more = reader.next(kind, () -> JSON.readTree(text).path(kind));
                }
            }
        }
    }

    /**
     * A file that a commit adds or removes.
     *
     * @param added whether it is added
     * @param partition the values of its partition, by the columns' names in the log; null and an empty text stand for NULL
     * @param changesRows whether the table's rows are others because of it; not where files were only rewritten
     */
    record FileAction(boolean added, Map<String, @Nullable String> partition, boolean changesRows) {}

    /** Returns the files that a commit adds and removes. */
    List<FileAction> files(long version) throws IOException {
        List<FileAction> found = new ArrayList<>();
        read(version, (kind, action) -> {
            if (kind.equals("add") || kind.equals("remove")) {
                found.add(fileAction(kind.equals("add"), action.get()));
            }
            return true;
        });
        return found;
    }

    /** Old writers leave the values out where they remove a file, whose path has them. */
    private static FileAction fileAction(boolean added, JsonNode action) {
        Map<String, @Nullable String> partition = new HashMap<>();
        action.path("partitionValues")
                .properties()
                .forEach(value -> partition.put(
                        value.getKey(),
                        value.getValue().isNull() ? null : value.getValue().asText()));
        if (partition.isEmpty()) {
            String path = URI.create(action.path("path").asText()).getPath();
            partition.putAll(PartitionPath.values(path));
        }
        return new FileAction(added, partition, action.path("dataChange").asBoolean(true));
    }
}
