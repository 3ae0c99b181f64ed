package io.millrace.testkit;

import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Memory.Extension.class)
class MemorySinkTest extends SinkContract {

    private Memory memory = new Memory();

    @BeforeEach
    void useMemory(Memory given) {
        memory = given;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        return new Target(
                memory.create("target", columns), Thread.currentThread().getContextClassLoader());
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "memory target";
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of();
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    private record Target(MemoryTable table, ClassLoader loader) implements SinkTarget {
        @Override
        public Sink sink() {
            Thread.currentThread().setContextClassLoader(loader);
            return TestModel.of("").sink(new MemoryPlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return table.rows();
        }
    }
}
