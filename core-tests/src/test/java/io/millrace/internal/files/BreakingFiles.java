package io.millrace.internal.files;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Sinks of Parquet files that die, or fail, at each point of a write. */
public final class BreakingFiles {

    private BreakingFiles() {}

    /** Returns what makes them for a folder, two for each point of an append. */
    public static Map<String, Function<Path, Sink>> points() {
        Map<String, Function<Path, Sink>> sinks = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            sinks.put(stage + ", by its death", folder -> sink(folder, SimulatedCrash.at(stage)));
            sinks.put(stage + ", by a failure", folder -> sink(folder, SimulatedFailure.at(stage)));
        }
        return sinks;
    }

    private static Sink sink(Path folder, Stage.Listener listener) {
        return new BreakingSink(new CommittedFiles(FileTarget.append(folder.toString(), "parquet"), listener));
    }

    private record BreakingSink(CommittedFiles files) implements Sink {
        @Override
        public String description() {
            return "breaking";
        }

        @Override
        public Delivery delivery() {
            return Delivery.EXACTLY_ONCE;
        }

        @Override
        public CommitOutcome write(Batch batch) {
            return files.write(batch.id(), batch.data(), batch.mode()).outcome();
        }
    }
}
