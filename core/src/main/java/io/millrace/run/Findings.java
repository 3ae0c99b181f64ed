package io.millrace.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.Lookup;
import io.millrace.spi.NotLookedUpException;
import io.millrace.state.StateFolder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the inputs of an ETL have looked up for its batches. It is kept before a batch writes anything, and a batch that is repeated gets what it
 * had: were it looked up anew, a record that was bad might be good now, and be in neither of its places, or in both.
 */
final class Findings {

    /** How often a batch is begun again; more than once only where records come meanwhile. */
    private static final int MOST_LOOKS = 10;

    private final Map<String, Lookup> lookups = new LinkedHashMap<>();
    private final String request;
    private final OptionalLong unfinished;
    private final @Nullable StateFolder state;
    private final @Nullable Path file;
    private final Map<String, String> found = new HashMap<>();
    private long batch = -1;
    private @Nullable JsonNode kept;
    private int incomplete;

    private Findings(
            EtlPlan etl, String request, OptionalLong unfinished, @Nullable StateFolder state, @Nullable Path file) {
        this.request = request;
        this.unfinished = unfinished;
        this.state = state;
        this.file = file;
        for (PlannedInput input : etl.inputs()) {
            if (input.source() instanceof DecodingSource source) {
                source.lookup().ifPresent(lookup -> lookups.put(input.input().view(), lookup));
            }
        }
        if (!lookups.isEmpty() && state != null && file != null) {
            state.read(file)
                    .filter(stored -> stored.path("request").asText().equals(request))
                    .ifPresent(this::remember);
        }
    }

    /** For the micro-batches of a stream. */
    static Findings ofStream(EtlPlan etl, Checkpoint checkpoint) {
        return new Findings(
                etl,
                checkpoint.request(),
                checkpoint.unfinished(),
                checkpoint.state(),
                new Path(checkpoint.folder(), "_millrace-findings.json"));
    }

    /** For the one batch of a batch run, which can be resumed where there is a state folder. */
    static Findings ofRun(EtlPlan etl, String run, @Nullable StateFolder state) {
        Path file = state == null ? null : state.path("findings", run + "-" + etl.name() + ".json");
        return new Findings(etl, run, OptionalLong.empty(), state, file);
    }

    /** For a look at a plan, of which nothing is kept. */
    static Findings ofPlan(EtlPlan etl) {
        return new Findings(etl, "", OptionalLong.empty(), null, null);
    }

    /** Looks up what a batch takes, unless it was begun before. */
    void begin(long number) {
        boolean again = number == batch || unfinished.equals(OptionalLong.of(number));
        batch = number;
        incomplete = 0;
        lookups.forEach((view, lookup) -> {
            String before = found.get(view);
            if (before == null || !again) {
                found.put(view, lookup.find(before));
            }
        });
        keep();
    }

    /** Decodes the records of an input, with what was found. */
    Dataset<Row> decode(DecodingSource source, String view, Dataset<Row> raw) {
        Lookup lookup = lookups.get(view);
        if (lookup == null) {
            return source.decode(raw);
        }
        String known = Objects.requireNonNull(found.get(view), "a batch is begun before it is decoded");
        if (incomplete > 0) {
            known = lookup.findFor(known, raw);
            found.put(view, known);
        }
        return lookup.decode(raw, known);
    }

    /**
     * Returns whether a batch has failed because something was not looked up: it is to be begun again, and its inputs are asked for more.
     *
     * @throws MillraceException where that was done too often
     */
    boolean missing(RuntimeException failed) {
        if (!NotLookedUpException.in(failed)) {
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
        if (state == null || file == null || lookups.isEmpty()) {
            return;
        }
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        found.forEach(inputs::put);
        if (!inputs.equals(kept)) {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            content.put("request", request).put("batch", batch).set("inputs", inputs);
            state.write(file, content);
            kept = inputs;
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
        kept = stored.path("inputs");
        stored.path("inputs")
                .properties()
                .forEach(each -> found.put(each.getKey(), each.getValue().asText()));
    }
}
