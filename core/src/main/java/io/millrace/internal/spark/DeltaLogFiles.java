package io.millrace.internal.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;

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
        Path commit = new Path(folder, String.format(Locale.ROOT, "%020d.json", version));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(commit), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && actions.size() < limit; line = lines.readLine()) {
                if (line.startsWith("{\"" + kind + "\"")) {
                    actions.add(JSON.readTree(line).path(kind));
                }
            }
        }
        return actions;
    }
}
