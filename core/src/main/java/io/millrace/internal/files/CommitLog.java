package io.millrace.internal.files;

import io.millrace.internal.files.DataFileName.Writer;
import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The markers and intents of a folder. A file in it is written whole or not at all. */
final class CommitLog {

    static final String FOLDER = "_millrace";

    /** Of a stream's markers the newest ones are kept: only its last batch ever comes again. */
    static final int MARKERS_KEPT = 100;

    private static final String JSON_FILE = ".json";

    private final FileSystem files;
    private final Path location;
    private final CommitLogFiles log;

    CommitLog(FileSystem files, Path location) {
        this.files = files;
        this.location = location;
        this.log = new CommitLogFiles(files);
    }

    Path staging(BatchId batch) {
        return new Path(location, FOLDER + "/staging/" + batch.key());
    }

    /** Relative to the location. */
    String markerName(BatchId batch) {
        return FOLDER + "/commits/" + folderName(batch.output()) + "/" + EncodedRequestId.encode(batch.request()) + "."
                + batch.number() + JSON_FILE;
    }

    Optional<CommitMarker> marker(BatchId batch) throws IOException {
        return log.read(new Path(location, markerName(batch)), CommitMarker.class);
    }

    Optional<WriteIntent> intent(BatchId batch) throws IOException {
        return log.read(intentPath(batch), WriteIntent.class);
    }

    void write(BatchId batch, CommitMarker marker) throws IOException {
        log.write(new Path(location, markerName(batch)), marker);
    }

    void write(BatchId batch, WriteIntent intent) throws IOException {
        log.write(intentPath(batch), intent);
    }

    void replace(BatchId batch, WriteIntent intent) throws IOException {
        log.replace(intentPath(batch), intent);
    }

    void deleteIntent(BatchId batch) throws IOException {
        files.delete(intentPath(batch), false);
    }

    /** Returns the number of the last batch that has a marker, by request. */
    Map<String, Long> lastBatches(OutputId output) throws IOException {
        Map<String, Long> last = new TreeMap<>();
        for (String name : markers(output)) {
            BatchId batch = batch(name, output);
            last.merge(batch.request(), batch.number(), Math::max);
        }
        return last;
    }

    /** Returns the batches of a request of which attempts have left something beside a marker. */
    List<BatchId> begun(OutputId output, String request) throws IOException {
        String first = new BatchId(output, request, 0).key();
        Pattern ours = Pattern.compile(Pattern.quote(first.substring(0, first.indexOf('-') + 1)) + "(\\d+)(\\.json)?");
        Set<Long> numbers = new TreeSet<>();
        for (String kind : List.of("intents", "staging")) {
            for (String name : log.names(new Path(location, FOLDER + "/" + kind))) {
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
        String prefix = EncodedRequestId.encode(newest.request()) + ".";
        for (String name : markers(newest.output())) {
            if (name.startsWith(prefix)) {
                long number = Long.parseLong(name.substring(prefix.length(), name.length() - JSON_FILE.length()));
                if (number <= newest.number() - keep) {
                    files.delete(new Path(commits(newest.output()), name), false);
                }
            }
        }
    }

    /** Returns the batches that are committed. */
    CommittedBatches committed() throws IOException {
        CommittedBatches committed = new CommittedBatches();
        for (String intent : documents(intents())) {
            committed.begun(Writer.ofKey(intent.substring(0, intent.length() - JSON_FILE.length())));
        }
        Path commits = new Path(location, FOLDER + "/commits");
        for (String folder : log.names(commits)) {
            addCommitted(new Path(commits, folder), committed);
        }
        return committed;
    }

    /** Returns the intent of an attempt, alive or dead, that deletes files others have written; relative to the location. */
    Optional<String> replacing() throws IOException {
        for (String name : documents(intents())) {
            Optional<WriteIntent> intent = log.read(new Path(intents(), name), WriteIntent.class);
            if (intent.isPresent() && !intent.get().replaces().isEmpty()) {
                return Optional.of(FOLDER + "/intents/" + name);
            }
        }
        return Optional.empty();
    }

    /** All markers of a folder are of one output, so one of them tells whose they are; the others' names tell the rest. */
    private void addCommitted(Path folder, CommittedBatches committed) throws IOException {
        List<String> names = documents(folder);
        for (String name : names) {
            Optional<CommitMarker> marker = log.read(new Path(folder, name), CommitMarker.class);
            if (marker.isPresent()) {
                BatchId batch = batch(name, new OutputId("", "", ""));
                String written = marker.get().batch();
                String output = written.substring(
                        0, written.length() - ("#" + batch.request() + "/" + batch.number()).length());
                String[] parts = output.split("/", 3);
                OutputId id = new OutputId(parts[0], parts[1], parts[2]);
                names.forEach(
                        each -> committed.marked(Writer.ofKey(batch(each, id).key())));
                return;
            }
        }
    }

    private static BatchId batch(String markerName, OutputId output) {
        int end = markerName.length() - JSON_FILE.length();
        int dot = markerName.lastIndexOf('.', end - 1);
        return new BatchId(
                output,
                EncodedRequestId.decode(markerName.substring(0, dot)),
                Long.parseLong(markerName.substring(dot + 1, end)));
    }

    private List<String> documents(Path folder) throws IOException {
        return log.names(folder).stream()
                .filter(name -> name.endsWith(JSON_FILE) && !name.startsWith("."))
                .toList();
    }

    private List<String> markers(OutputId output) throws IOException {
        return documents(commits(output));
    }

    private Path commits(OutputId output) {
        return new Path(location, FOLDER + "/commits/" + folderName(output));
    }

    private Path intents() {
        return new Path(location, FOLDER + "/intents");
    }

    private Path intentPath(BatchId batch) {
        return new Path(intents(), batch.key() + JSON_FILE);
    }

    /** The hash of an output, as a key has it. */
    private static String folderName(OutputId output) {
        String key = new BatchId(output, "", 0).key();
        return key.substring(0, key.indexOf('-'));
    }
}
