package io.millrace.flare.internal.job;

import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.model.Input;
import io.millrace.model.Reading;
import io.millrace.model.StrategyStep;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An input of a job.
 *
 * @param model of what is read
 * @param depot null where the address is wrong
 * @param access what its address allows
 * @param stream whether it says so; null where it does not say
 * @param slice the step that takes a part of it, or null
 */
record InputView(
        String name,
        String path,
        String model,
        @Nullable Depot depot,
        Address.Access access,
        @Nullable Boolean stream,
        @Nullable StrategyStep slice)
        implements View {

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    /** Whether rows come as they arrive; topics stream where nothing is said. */
    boolean streams() {
        return stream == null ? depot instanceof Depot.Kafka : stream;
    }

    /** Returns the view that the pipegraph reads: one of another name where a step makes this one of it. */
    Input input() {
        return new Input(slice == null ? name : whole(name), model, streams() ? Reading.STREAM : Reading.STATIC);
    }

    Optional<StrategyStep> step() {
        return Optional.ofNullable(slice);
    }

    /** The name of the view of all rows of an input of which a part is taken. */
    static String whole(String name) {
        return name + "#all";
    }
}
