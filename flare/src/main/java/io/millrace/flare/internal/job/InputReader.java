package io.millrace.flare.internal.job;

import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.dataset.Dataset;
import io.millrace.flare.internal.dataset.InputOptions;
import io.millrace.flare.internal.dataset.ModelDraft;
import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.model.StrategyStep;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code inputs}. */
final class InputReader {

    private InputReader() {}

    static Optional<InputView> read(ConfigSection input, PipegraphDraft draft, FlareDocument text) {
        String name = input.string("name");
        text.refuse(
                input,
                "is not supported: there is no other engine to ask; read the tables as inputs and ask in a step",
                "query");
        Optional<Dataset> dataset =
                input.has("query") ? Optional.empty() : Dataset.decode(input, "dataset", Optional.empty(), text);
        FlareDocument.read(input, "title", "description", "tags");
        @Nullable Boolean stream = input.optionalBoolean("isStream").orElse(null);
        Optional<StrategyStep> slice = IncrementalReader.read(input, name);
        Optional<ModelDraft> model = InputOptions.read(dataset, input, text);
        FlareDocument.read(input, "dataset", "schemaRegistryUrl");
        input.optionalString("format");
        input.optionalString("schemaSubject");
        if (slice.isPresent() && Boolean.TRUE.equals(stream)) {
            input.problem("incremental", "is not for a stream, which takes each row once by itself");
        }
        input.build(() -> input);
        if (name.isBlank()) {
            return Optional.empty();
        }
        String modelName = model.isPresent() && dataset.isPresent()
                ? draft.model(name, dataset.get().depot(), model.get(), input.path())
                : draft.broken(name, input.path());
        return Optional.of(new InputView(
                name,
                input.path(),
                modelName,
                dataset.map(Dataset::depot).orElse(null),
                dataset.map(known -> known.address().access()).orElse(Address.Access.UNSAID),
                stream,
                slice.orElse(null)));
    }
}
