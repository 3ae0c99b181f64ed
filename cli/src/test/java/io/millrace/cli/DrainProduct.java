package io.millrace.cli;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts rows and forgets them, or fails in the way that is asked for. */
public final class DrainProduct implements SinkPlugin {

    @Override
    public String product() {
        return "drain";
    }

    @Override
    public String description() {
        return "Rows vanish.";
    }

    @Override
    public List<OptionDescription> options() {
        return List.of(new OptionDescription("fail", "external | plugin | internal | bug", "", "How it fails."));
    }

    @Override
    public Optional<Sink> sink(OutputContext context) {
        String failure = context.value().optionalString("fail").orElse("");
        return context.value().build(() -> new Drain(failure));
    }

    private record Drain(String failure) implements Sink {

        @Override
        public String description() {
            return "into the drain";
        }

        @Override
        public Delivery delivery() {
            return Delivery.AT_LEAST_ONCE;
        }

        @Override
        public CommitOutcome write(Batch batch) {
            return switch (failure) {
                case "external" ->
                    new CommitOutcome.Rejected(
                            MillraceException.external("the drain does not answer; is it open?", null));
                case "plugin" -> new CommitOutcome.Rejected(MillraceException.plugin("the drain is clogged", null));
                case "internal" -> new CommitOutcome.Rejected(MillraceException.internal("rows came back", null));
                case "bug" -> throw new IllegalStateException("a bug");
                default -> {
                    long rows = batch.data().count();
                    Map<String, Object> details = new LinkedHashMap<>();
                    details.put("gone", rows);
                    yield new CommitOutcome.Committed("c1", Counts.committed(rows), details, List.of());
                }
            };
        }
    }
}
