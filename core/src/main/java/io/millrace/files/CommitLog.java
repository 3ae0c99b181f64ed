package io.millrace.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The markers and intents of a folder. A file in it is written whole or not at all. */
final class CommitLog {

    static final String FOLDER = "_millrace";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_FILE = ".json";

    private final FileSystem files;
    private final Path location;

    CommitLog(FileSystem files, Path location) {
        this.files = files;
        this.location = location;
    }

    Path staging(BatchId batch) {
        return new Path(location, FOLDER + "/staging/" + batch.key());
    }

    /** Relative to the location. */
    String markerName(BatchId batch) {
        return FOLDER + "/commits/" + folderName(batch.output()) + "/" + RequestName.encode(batch.request()) + "."
                + batch.number() + JSON_FILE;
    }

    Optional<Marker> marker(BatchId batch) throws IOException {
        return read(new Path(location, markerName(batch)), Marker.class);
    }

    Optional<Intent> intent(BatchId batch) throws IOException {
        return read(intentPath(batch), Intent.class);
    }

    void write(BatchId batch, Marker marker) throws IOException {
        WholeFile.create(files, new Path(location, markerName(batch)), JSON.writeValueAsBytes(marker));
    }

    void write(BatchId batch, Intent intent) throws IOException {
        WholeFile.create(files, intentPath(batch), JSON.writeValueAsBytes(intent));
    }

    void deleteIntent(BatchId batch) throws IOException {
        files.delete(intentPath(batch), false);
    }

    Set<String> requests(OutputId output) throws IOException {
        Set<String> requests = new TreeSet<>();
        for (String name : markers(output)) {
            requests.add(RequestName.decode(name.substring(0, name.indexOf('.'))));
        }
        return requests;
    }

    /** Returns the batches of a request of which attempts have left something beside a marker. */
    List<BatchId> begun(OutputId output, String request) throws IOException {
        String first = new BatchId(output, request, 0).key();
        Pattern ours = Pattern.compile(Pattern.quote(first.substring(0, first.indexOf('-') + 1)) + "(\\d+)(\\.json)?");
        Set<Long> numbers = new TreeSet<>();
        for (String kind : List.of("intents", "staging")) {
            for (String name : names(new Path(location, FOLDER + "/" + kind))) {
                Matcher key = ours.matcher(name);
                if (key.matches()) {
                    numbers.add(Long.parseLong(key.group(1)));
                }
            }
        }
        return numbers.stream()
                .map(number -> new BatchId(output, request, number))
                .toList();
    }

    /** Deletes the markers of a stream but the newest ones: only its last batch ever comes again. */
    void prune(BatchId newest, int keep) throws IOException {
        String prefix = RequestName.encode(newest.request()) + ".";
        for (String name : markers(newest.output())) {
            if (name.startsWith(prefix)) {
                long number = Long.parseLong(name.substring(prefix.length(), name.length() - JSON_FILE.length()));
                if (number <= newest.number() - keep) {
                    files.delete(new Path(commits(newest.output()), name), false);
                }
            }
        }
    }

    private List<String> markers(OutputId output) throws IOException {
        return names(commits(output)).stream()
                .filter(name -> name.endsWith(JSON_FILE) && !name.startsWith("."))
                .toList();
    }

    /** Returns what a folder holds; nothing where it is not there. */
    private List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(folder)) {
                names.add(file.getPath().getName());
            }
        } catch (FileNotFoundException nothingThere) {
            return List.of();
        }
        return names;
    }

    private Path commits(OutputId output) {
        return new Path(location, FOLDER + "/commits/" + folderName(output));
    }

    private Path intentPath(BatchId batch) {
        return new Path(location, FOLDER + "/intents/" + batch.key() + JSON_FILE);
    }

    /** The hash of an output, as a key has it. */
    private static String folderName(OutputId output) {
        String key = new BatchId(output, "", 0).key();
        return key.substring(0, key.indexOf('-'));
    }

    /** An intent cut short by a crash was never acted on, and a marker is renamed when it is whole: what cannot be parsed is not there. */
    private <T> Optional<T> read(Path path, Class<T> type) throws IOException {
        try (InputStream in = files.open(path)) {
            return Optional.of(JSON.readValue(in.readAllBytes(), type));
        } catch (FileNotFoundException | JsonProcessingException absent) {
            return Optional.empty();
        }
    }
}
