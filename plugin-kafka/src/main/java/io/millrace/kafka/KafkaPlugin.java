package io.millrace.kafka;

import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.List;
import java.util.Optional;

/** The product {@code kafka}. */
public final class KafkaPlugin implements SourcePlugin, SinkPlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public KafkaPlugin() {}

    @Override
    public String product() {
        return "kafka";
    }

    @Override
    public String description() {
        return "Reads topics, as batches and as streams, and writes them, each record at least once.";
    }

    @Override
    public List<OptionDescription> options() {
        return KafkaModel.OPTIONS;
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return KafkaModel.decode(context).map(KafkaSource::new);
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<KafkaModel> model = KafkaModel.decode(context);
        if (model.isPresent() && model.get().topics().single().isEmpty()) {
            context.value().problem("topic", "is needed to write: one topic, by its name");
            return Optional.empty();
        }
        return model.map(KafkaSink::new);
    }
}
