package io.millrace.internal.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.internal.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Files that say when the owners of claims were last noted to live, hidden in a folder.
 *
 * @param folder where they lie
 * @param name what their names begin with
 */
record OwnerBeats(StateFolder state, Path folder, String name) {

    /** Notes that an owner lives. */
    void beat(Owner owner) {
        state.write(file(owner), JsonNodeFactory.instance.objectNode().put("owner", owner.toString()));
    }

    /** Forgets an owner. */
    void stop(Owner owner) {
        state.delete(file(owner));
    }

    /** The storage says what time it is by the file that it is asked to write. */
    Optional<Duration> sinceLast(Owner owner) {
        Optional<Instant> last = state.changed(file(owner));
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Path clock = new Path(folder, "." + name + "." + Owner.here().token() + ".clock");
        state.write(clock, JsonNodeFactory.instance.objectNode().put("asks", "what time it is"));
        try {
            return state.changed(clock).map(now -> Duration.between(last.get(), now));
        } finally {
            state.delete(clock);
        }
    }

    private Path file(Owner owner) {
        return new Path(folder, "." + name + "." + owner.token() + ".alive");
    }
}
