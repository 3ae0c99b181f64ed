package io.millrace.files;

import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sinks of Parquet files that die at each point of a write. */
public final class DyingFiles {

    private DyingFiles() {}

    /** Returns one for each point of an append. */
    public static Map<String, Sink> sinks(Path folder) {
        Map<String, Sink> sinks = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            CommittedFiles files =
                    new CommittedFiles(FileTarget.append(folder.toString(), "parquet"), SimulatedCrash.at(stage));
            sinks.put(stage.name(), new DyingSink(files));
        }
        return sinks;
    }

    private record DyingSink(CommittedFiles files) implements Sink {
        @Override
        public String description() {
            return "dying";
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
