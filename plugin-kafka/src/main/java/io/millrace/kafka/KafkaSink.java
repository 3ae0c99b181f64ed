package io.millrace.kafka;

import io.millrace.kafka.internal.broker.AskedOnce;
import io.millrace.kafka.internal.broker.Brokers;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Sink;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes a topic by Spark's Kafka sink: idempotently, acknowledged by all replicas, each record at least once. A batch that is written again sends
 * its records again, each with the {@code millrace-id} it had before as far as the batch is computed in the same order.
 *
 * @param presence throws where a topic is not there
 */
record KafkaSink(KafkaModel model, Consumer<Topics> presence) implements Sink, NamesColumns {

    KafkaSink(KafkaModel model) {
        this(model, topics -> new Brokers(model.connection()).partitions(topics));
    }

    @Override
    public String description() {
        String key = model.encoding().keyExpression();
        return "topic " + model.topic() + " at " + model.connection() + ", "
                + (key == null ? "without key" : "key " + key);
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(ReplacedRows.NONE);
    }

    @Override
    public Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    /** Asks for its topic before the first batch, and for each schema once. */
    @Override
    public KafkaSink ofRun() {
        return new KafkaSink(model.ofRun(), new AskedOnce(presence));
    }

    @Override
    public List<NamedColumn> namedColumns() {
        return model.encoding().namedColumns();
    }

    @Override
    public CommitOutcome write(Batch batch) {
        try (KafkaBatch records = new KafkaBatch(model, batch)) {
            return Preparation.of("topic " + model.topic() + ": its records cannot be made", () -> {
                presence.accept(model.topics());
                return records.prepared();
            });
        }
    }
}
