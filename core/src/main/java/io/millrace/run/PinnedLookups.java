package io.millrace.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.Lookup;
import io.millrace.spi.MissingLookupException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What an ETL has looked up for its batches: its inputs elsewhere, and the columns of its targets where its contract judges rows by them. It is kept
 * before a batch writes anything, and a batch that is repeated gets what it had: were it looked up anew, a record that was bad might be good now, and
 * be in neither of its places, or in both.
 */
final class PinnedLookups {

    /** How often a batch is begun again; more than once only where records come meanwhile. */
    private static final int MOST_LOOKS = 10;

    private final Map<String, Lookup> lookups = new LinkedHashMap<>();
    private final String request;
    private final OptionalLong unfinished;
    private final @Nullable StateFolder state;
    private final @Nullable Path file;
    private final Map<String, String> found = new HashMap<>();
    private final Map<String, String> columns = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Policy contract;
    private boolean judging;
    private boolean open;
    private long batch = -1;
    private @Nullable JsonNode kept;
    private int incomplete;

    private PinnedLookups(
            EtlPlan etl, String request, OptionalLong unfinished, @Nullable StateFolder state, @Nullable Path file) {
        this.request = request;
        this.unfinished = unfinished;
        this.state = state;
        this.file = file;
        for (PlannedInput input : etl.inputs()) {
            if (input.source() instanceof DecodingSource source) {
                source.lookup(etl.etl().contract().record())
                        .ifPresent(lookup -> lookups.put(input.input().view(), lookup));
            }
        }
        this.contract = etl.etl().contract().table();
        if (state != null && file != null) {
            state.read(file)
                    .filter(stored -> stored.path("request").asText().equals(request))
                    .ifPresent(this::remember);
        }
    }

    /** For the micro-batches of a stream. */
    static PinnedLookups ofStream(EtlPlan etl, Checkpoint checkpoint) {
        return new PinnedLookups(
                etl,
                checkpoint.request(),
                checkpoint.unfinished(),
                checkpoint.state(),
                new Path(checkpoint.folder(), "_millrace-findings.json"));
    }

    /** For the one batch of a batch run, which can be resumed where there is a state folder. */
    static PinnedLookups ofRun(String pipegraph, EtlPlan etl, String run, @Nullable StateFolder state) {
        if (state == null) {
            return new PinnedLookups(etl, run, OptionalLong.empty(), null, null);
        }
        String name = run + "-" + etl.name() + ".json";
        Path file = state.path("lookups", pipegraph, name);
        Path earlier = state.path("findings", name); // where they were before they lay below the name of the pipegraph
        if (!state.exists(file) && state.exists(earlier)) {
            state.move(earlier, file);
        }
        return new PinnedLookups(etl, run, OptionalLong.empty(), state, file);
    }

    /** For a look at a plan, of which nothing is kept. */
    static PinnedLookups ofPlan(EtlPlan etl) {
        return new PinnedLookups(etl, "", OptionalLong.empty(), null, null);
    }

    /** Looks up what a batch takes, unless it was begun before. */
    void begin(long number) {
        boolean again = !open && (number == batch || unfinished.equals(OptionalLong.of(number)));
        batch = number;
        open = false;
        incomplete = 0;
        judging = contract == Policy.DEAD_LETTER || (again && judging);
        if (!again) {
            settled.clear();
        }
        lookups.forEach((view, lookup) -> {
            String before = found.get(view);
            if (before == null || !again) {
                found.put(view, lookup.find(before));
            }
        });
        keep();
    }

    /** Returns what becomes of columns that targets lack: what it was when the batch was begun first, where that decides about each row. */
    Policy newColumns() {
        return judging ? Policy.DEAD_LETTER : contract;
    }

    /** Returns the columns of an output's target, as they are or were when the batch was begun first; empty where there was none. */
    Optional<StructType> columns(String output, Supplier<Optional<StructType>> now) {
        if (settled.add(output)) {
            columns.put(output, now.get().map(StructType::json).orElse(""));
        }
        String known = columns.getOrDefault(output, "");
        return known.isEmpty() ? Optional.empty() : Optional.of((StructType) DataType.fromJson(known));
    }

    /** Decodes the records of an input, with what was found. */
    Dataset<Row> decode(DecodingSource source, String view, Dataset<Row> raw) {
        Lookup lookup = lookups.get(view);
        if (lookup == null) {
            return source.decode(raw);
        }
        String known = Objects.requireNonNull(found.get(view), "a batch is begun before it is decoded");
        if (incomplete > 0) {
            known = completed(lookup, known, raw);
            found.put(view, known);
        }
        return lookup.decode(raw, known);
    }

    /** A batch that lacks something has not written anything, so it is free to be begun anew, under another contract too. */
    private String completed(Lookup lookup, String known, Dataset<Row> raw) {
        try {
            return lookup.findFor(known, raw);
        } catch (RuntimeException failed) {
            open = true;
            keep();
            throw failed;
        }
    }

    /**
     * Returns whether a batch has failed because something was not looked up: it is to be begun again, and its inputs are asked for more.
     *
     * @throws MillraceException where that was done too often
     */
    boolean missing(RuntimeException failed) {
        if (!MissingLookupException.in(failed)) {
            return false;
        }
        if (++incomplete > MOST_LOOKS) {
            throw MillraceException.internal(
                    "what the records take was looked up, and still something is missing", failed);
        }
        return true;
    }

    /** Keeps what was found, where it is something new; to be called before anything is written. */
    void keep() {
        if (state == null || file == null || (lookups.isEmpty() && !judging && kept == null)) {
            return;
        }
        ObjectNode content = content();
        if (!content.equals(kept)) {
            kept = content.deepCopy();
            state.write(file, content.put("request", request).put("batch", batch));
        }
    }

    /** A run is through and will not be resumed. */
    void forget() {
        if (state != null && file != null && kept != null) {
            state.delete(file);
        }
    }

    private void remember(JsonNode stored) {
        batch = stored.path("batch").asLong();
        stored.path("inputs")
                .properties()
                .forEach(each -> found.put(each.getKey(), each.getValue().asText()));
        stored.path("columns")
                .properties()
                .forEach(each -> columns.put(each.getKey(), each.getValue().asText()));
        settled.addAll(columns.keySet());
        judging = stored.has("columns");
        open = stored.has("open");
        kept = content();
    }

    private ObjectNode content() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        found.forEach(content.putObject("inputs")::put);
        if (judging) {
            columns.forEach(content.putObject("columns")::put);
        }
        if (open) {
            content.put("open", true);
        }
        return content;
    }
}
