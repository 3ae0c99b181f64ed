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
public record OwnerLifeSigns(StateFolder state, Path folder, String name) {

    /** How long an owner on another machine, or a thread of this process, may be silent before it counts as dead. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** Returns whether an owner lives: a process of this machine for certain, others as long as they are not silent for too long. */
    public boolean lives(Owner owner) {
        if (owner.ofThisHost() && !owner.ofThisProcess()) {
            return owner.runs();
        }
        return sinceLast(owner).filter(silent -> silent.compareTo(LEASE) < 0).isPresent();
    }

    /** Notes that an owner lives. */
    void beat(Owner owner) {
        state.write(file(owner), JsonNodeFactory.instance.objectNode().put("owner", owner.toString()));
    }

    /** Forgets an owner. */
    void stop(Owner owner) {
        state.delete(file(owner));
    }

    /**
     * Returns how long ago an owner was last noted to live; empty where it never was, or is forgotten. The storage says what time it is by the file that it
     * is asked to write, so clocks of machines do not matter.
     */
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
