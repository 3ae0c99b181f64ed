package io.millrace.internal.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.internal.ledger.ClaimedWork.Kind;
import io.millrace.internal.state.StateFolder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is taken over from a state folder of the form before there were ledgers: a file for each run of a pipegraph or a workflow, and one for each
 * replay of dead letters, in the order of their clocks.
 *
 * @param version the entries, as a ledger has them
 * @param files the files they come from
 */
record EarlierStateFiles(LedgerVersion version, List<Path> files) {

    private static final String RUNS = "runs";
    private static final String REPLAYS = "replays";

    /** One note of the earlier form: an entry without its sequence. */
    private record Note(Path file, LedgerEntry entry) {

        Instant last() {
            Instant finished = entry.finished();
            return finished == null ? entry.started() : finished;
        }
    }

    /**
     * Reads them.
     *
     * @param what whose they are: {@code pipegraph} or {@code workflow}
     * @param name its name
     */
    static EarlierStateFiles read(StateFolder state, String what, String name) {
        List<Note> notes = new ArrayList<>();
        for (Path file : files(state, RUNS)) {
            state.read(file)
                    .filter(content -> content.path(what).asText().equals(name))
                    .ifPresent(content -> notes.add(
                            new Note(file, what.equals("workflow") ? workflow(file, content) : run(file, content))));
        }
        if (what.equals("pipegraph")) {
            for (Path file : files(state, REPLAYS)) {
                state.read(file)
                        .filter(content ->
                                content.path("batches").path(0).asText().startsWith(name + "/"))
                        .ifPresent(content -> notes.add(new Note(file, replay(file, content))));
            }
        }
        return ordered(notes);
    }

    private static List<Path> files(StateFolder state, String kind) {
        Path folder = state.path(kind);
        return state.names(folder).stream()
                .filter(name ->
                        name.matches("(run|workflow|replay)-.*\\.json") && !name.matches(".*\\.\\d{8,18}\\.json"))
                .map(name -> new Path(folder, name))
                .toList();
    }

    private static EarlierStateFiles ordered(List<Note> notes) {
        notes.sort(Comparator.comparing(note -> note.entry().started()));
        Map<ClaimedWork, Integer> lastDone = new HashMap<>();
        for (int i = 0; i < notes.size(); i++) {
            if (notes.get(i).entry().done()) {
                lastDone.put(notes.get(i).entry().work(), i);
            }
        }
        List<Note> numbered = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            LedgerEntry entry = notes.get(i).entry();
            if (entry.done() || i > lastDone.getOrDefault(entry.work(), -1)) {
                numbered.add(new Note(notes.get(i).file(), numbered(entry, i + 1L)));
            }
        }
        List<LedgerEntry> entries = numbered.stream()
                .sorted(Comparator.comparing(Note::last))
                .map(Note::entry)
                .toList();
        return new EarlierStateFiles(
                new LedgerVersion(0, notes.size(), List.of(), entries).withoutLongAgo(),
                notes.stream().map(Note::file).toList());
    }

    private static LedgerEntry numbered(LedgerEntry entry, long sequence) {
        return new LedgerEntry(
                entry.id(),
                entry.work(),
                sequence,
                1,
                entry.started(),
                entry.finished(),
                null,
                null,
                true,
                entry.notes());
    }

    private static LedgerEntry run(Path file, JsonNode content) {
        Map<String, String> notes = new LinkedHashMap<>();
        content.path("kept")
                .properties()
                .forEach(kept -> notes.put(kept.getKey(), kept.getValue().asText()));
        return entry(
                file,
                content,
                "run",
                new ClaimedWork(Kind.RUN, content.path("slice").asText()),
                notes);
    }

    private static LedgerEntry workflow(Path file, JsonNode content) {
        Map<String, String> notes = new LinkedHashMap<>();
        content.path("jobs").properties().forEach(job -> {
            notes.put("run of " + job.getKey(), job.getValue().path("run").asText());
            if (job.getValue().hasNonNull("done")) {
                notes.put("done " + job.getKey(), job.getValue().path("done").asText());
            }
        });
        return entry(
                file,
                content,
                "run",
                new ClaimedWork(Kind.WORKFLOW, content.path("asked").asText()),
                notes);
    }

    private static LedgerEntry replay(Path file, ObjectNode content) {
        List<String> batches = new ArrayList<>();
        content.path("batches").forEach(batch -> batches.add(batch.asText()));
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("condition", content.path("condition").asText());
        notes.put("batches", String.join("\n", batches));
        return entry(
                file,
                content,
                "replay",
                new ClaimedWork(Kind.REPLAY, content.path("etl").asText()),
                notes);
    }

    private static LedgerEntry entry(
            Path file, JsonNode content, String id, ClaimedWork work, Map<String, String> notes) {
        if (!content.path(id).isTextual() || !content.path("started").isTextual()) {
            throw StateFolder.damaged(file, "it holds no notes of a pipegraph");
        }
        try {
            return new LedgerEntry(
                    content.path(id).textValue(),
                    work,
                    0,
                    1,
                    Instant.parse(content.path("started").textValue()),
                    time(content.path("finished")),
                    null,
                    null,
                    true,
                    notes);
        } catch (DateTimeException foreign) {
            throw StateFolder.damaged(file, "it was changed by somebody else: " + foreign.getMessage());
        }
    }

    private static @Nullable Instant time(JsonNode written) {
        return written.isTextual() ? Instant.parse(written.textValue()) : null;
    }
}
