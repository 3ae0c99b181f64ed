package io.millrace.spi;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What batch runs of a pipegraph remember from one to the next, such as how far they have come. It is noted with the run, in the state folder, before
 * the run's first write, and counts for later runs when this one has written all its outputs. Used on the driver, by the thread of the batch.
 */
public interface RunMemory {

    /** Returns what the last run that finished has kept under a name; empty where none has. */
    Optional<String> last(String name);

    /**
     * Keeps something for the next run.
     *
     * @param name unique within the pipegraph
     * @param value computed once in a run: when the run is tried again or resumed, what it kept before counts
     * @return what is kept
     */
    String keep(String name, Supplier<String> value);
}
