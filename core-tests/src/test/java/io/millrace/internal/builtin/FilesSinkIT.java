package io.millrace.internal.builtin;

import io.millrace.internal.files.BreakingFiles;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;

class FilesSinkIT extends SinkContract {

    private final Path folder;
    private final AtomicInteger targets = new AtomicInteger();

    FilesSinkIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        return new Target(session(), folder.resolve("t" + targets.incrementAndGet()), columns);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "parquet files in " + ((Target) target).path();
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>();
        BreakingFiles.points()
                .forEach((point, sink) -> sinks.put(point, target -> sink.apply(((Target) target).path())));
        return sinks;
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    private record Target(SparkSession session, Path path, StructType columns) implements SinkTarget {
        @Override
        public Sink sink() {
            return TestModel.of("path = \"" + path + "\", schema = \"\"\"" + columns.toDDL() + "\"\"\"")
                    .sink(new FilesPlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return Files.exists(path)
                    ? session.read().schema(columns).parquet(path.toString()).collectAsList()
                    : List.of();
        }
    }
}
