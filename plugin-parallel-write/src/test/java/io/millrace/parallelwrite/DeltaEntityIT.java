package io.millrace.parallelwrite;

import io.millrace.spi.Sink;
import io.millrace.testkit.DeltaFault;
import io.millrace.testkit.SinkTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

class DeltaEntityIT extends EntityContract {

    DeltaEntityIT() {
        super("Delta");
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>(super.breaking());
        sinks.put("by what Delta does after the commit", target -> {
            DeltaFault.afterEachCommit(session(), place(target));
            return target.sink();
        });
        return sinks;
    }
}
