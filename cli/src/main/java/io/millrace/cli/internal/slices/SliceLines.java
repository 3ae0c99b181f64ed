package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.run.EtlFields;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.run.EtlResult;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a program what became of slices: a line for each ETL and each slice, and one for all. */
final class SliceLines implements SliceReport {

    private final String pipegraph;
    private final JsonLines lines;

    SliceLines(String pipegraph, PrintStream out) {
        this.pipegraph = pipegraph;
        this.lines = new JsonLines(out);
    }

    @Override
    public void slice(SliceResult result) {
        for (EtlResult etl : result.etls()) {
            Map<String, Object> fields = line("etl");
            fields.put("slice", result.slice().toString());
            EtlFields.put(etl, fields);
            lines.write(fields);
        }
        Map<String, Object> fields = line("slice");
        fields.put("slice", result.slice().toString());
        fields.put("name", result.slice().name());
        fields.put("status", word(result.status()));
        SliceEntry entry = result.entry();
        if (entry != null) {
            fields.put("run", entry.run());
            fields.put("attempt", entry.attempt());
            fields.put("version", entry.version());
        }
        fields.put("taken_over_from", result.takenOver());
        fields.put("requested", result.requested().stream().map(Slice::name).toList());
        if (result.failure() != null) {
            fields.put("kind", result.failure().kind().name().toLowerCase(Locale.ROOT));
            fields.put("message", result.failure().getMessage());
        }
        fields.put("duration_ms", result.duration().toMillis());
        fields.values().removeIf(Objects::isNull);
        lines.write(fields);
    }

    @Override
    public void finished(List<SliceResult> results, List<Slice> waiting, Duration duration) {
        Map<String, Object> fields = line("slices");
        for (Status status : Status.values()) {
            fields.put(
                    word(status),
                    results.stream().filter(each -> each.status() == status).count());
        }
        fields.put("waiting", waiting.stream().map(Slice::name).toList());
        fields.put("duration_ms", duration.toMillis());
        lines.write(fields);
    }

    /** Writes what the ledger knows of a slice. */
    void entry(SliceEntry entry) {
        Map<String, Object> fields = line("entry");
        fields.put("slice", entry.slice().toString());
        fields.put("name", entry.slice().name());
        fields.put("state", entry.state().name().toLowerCase(Locale.ROOT));
        fields.put("run", entry.run());
        fields.put("attempt", entry.attempt());
        fields.put("version", entry.version());
        fields.put("done_version", entry.doneVersion());
        fields.put("owner", entry.owner().orElse(null));
        fields.put("started", text(entry.started()));
        fields.put("finished", text(entry.finished()));
        fields.put("rows_read", entry.figures().rowsRead());
        fields.put("rows_written", entry.figures().rowsWritten());
        fields.put("duration_ms", entry.figures().duration().toMillis());
        fields.put("reason", entry.reason());
        fields.put("failure", entry.failure());
        fields.values().removeIf(Objects::isNull);
        lines.write(fields);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> line(String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("pipegraph", pipegraph);
        return fields;
    }
}
