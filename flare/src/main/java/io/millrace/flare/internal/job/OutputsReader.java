package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.dataset.Dataset;
import io.millrace.flare.internal.dataset.OutputOptions;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a job writes, in either form: outputs that name the view they write, or, in the older form, outputs that only name a place and sinks
 * among the steps that say which view goes to which of them.
 */
final class OutputsReader {

    private final ConfigSection job;
    private final List<ConfigSection> sinks = new ArrayList<>();
    private final Views views;
    private final PipegraphDraft draft;
    private final FlareDocument text;

    OutputsReader(ConfigSection job, List<ConfigSection> steps, Views views, PipegraphDraft draft, FlareDocument text) {
        this.job = job;
        this.views = views;
        this.draft = draft;
        this.text = text;
        for (ConfigSection step : steps) {
            sinks.addAll(step.sections("sink"));
            step.build(() -> step);
        }
    }

    List<OutputView> read() {
        List<ConfigSection> outputs = job.sections("outputs");
        boolean older = !sinks.isEmpty() || outputs.stream().anyMatch(output -> output.has("depot"));
        return older ? older(outputs) : newer(outputs);
    }

    private List<OutputView> newer(List<ConfigSection> outputs) {
        List<OutputView> read = new ArrayList<>();
        for (ConfigSection output : outputs) {
            String view = output.string("name");
            FlareDocument.read(output, "title", "description", "tags");
            ignorePlatform(output);
            text.ignore(output, "an input says whether its rows stream", "isStream");
            requireView(view, output, "name");
            Optional<Dataset> dataset =
                    view.isEmpty() ? Optional.empty() : Dataset.decode(output, "dataset", Optional.of(view), text);
            output.raw("dataset");
            dataset.ifPresent(each -> each.requireWritable(output, "dataset"));
            target(dataset, view, output, formatKey(output), "options").ifPresent(read::add);
        }
        return read;
    }

    private void ignorePlatform(ConfigSection output) {
        text.ignore(output, "there is no database to reach", "driver");
        text.ignore(output, "it is for the platform", "columnTags");
    }

    /** The older form's word for the format is also written in the newer form. */
    private static String formatKey(ConfigSection output) {
        Optional<String> older = output.optionalString("outputType");
        Optional<String> newer = output.optionalString("format");
        if (older.isPresent() && newer.isPresent() && !older.get().equalsIgnoreCase(newer.get())) {
            output.problem(
                    "outputType",
                    "says " + older.get() + ", and format says " + newer.get() + "; remove one of the two");
        }
        return older.isPresent() && newer.isEmpty() ? "outputType" : "format";
    }

    private List<OutputView> older(List<ConfigSection> outputs) {
        Map<String, ConfigSection> places = new LinkedHashMap<>();
        for (ConfigSection output : outputs) {
            String name = output.string("name");
            FlareDocument.read(output, "title", "description", "tags", "depot", "dataset");
            ignorePlatform(output);
            if (!name.isEmpty() && places.putIfAbsent(name, output) != null) {
                output.problem("name", "two outputs are named \"" + name + "\"; rename one");
            }
        }
        List<OutputView> read = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (ConfigSection sink : sinks) {
            FlareDocument.read(sink, "title", "description", "tags");
            String view = sink.string("sequenceName");
            requireView(view, sink, "sequenceName");
            Optional<String> dataset = sink.optionalString("datasetName");
            String name = sink.string("outputName");
            ConfigSection place = places.get(name);
            if (place == null && !name.isEmpty()) {
                sink.problem(
                        "outputName",
                        "no output is named \"" + name + "\"; " + Suggestion.among(name, places.keySet()));
            }
            written.add(name);
            Optional<Dataset> target = place == null ? Optional.empty() : placed(place, dataset, sink);
            target(target, view, sink, "outputType", "outputOptions").ifPresent(read::add);
        }
        places.forEach((name, output) -> {
            if (!written.contains(name)) {
                output.problem("no sink writes it; add steps[].sink with outputName: " + name);
            }
            output.build(() -> output);
        });
        return read;
    }

    private Optional<Dataset> placed(ConfigSection place, Optional<String> name, ConfigSection sink) {
        String key = place.has("depot") || !place.has("dataset") ? "depot" : "dataset";
        if (name.isEmpty() && !sink.has("datasetName")) {
            sink.problem("datasetName", "is missing");
            return Optional.empty();
        }
        Optional<Dataset> dataset = Dataset.below(place, key, name, text);
        dataset.ifPresent(each -> each.requireWritable(place, key));
        return dataset;
    }

    private void requireView(String name, ConfigSection section, String key) {
        if (!name.isEmpty() && views.find(name).isEmpty()) {
            section.problem(key, views.unknown(name));
        }
    }

    private Optional<OutputView> target(
            Optional<Dataset> dataset, String view, ConfigSection section, String format, String options) {
        Assertions assertions = AssertionReader.read(section, views, text);
        boolean stream = views.behind(List.of(view)).stream()
                .anyMatch(each -> each instanceof InputView input && input.streams());
        ConfigSection how = section.optionalSection(options).orElseGet(() -> nothing(section, options));
        checkpoint(section, stream);
        checkpoint(how, stream);
        Optional<OutputOptions> read =
                dataset.map(known -> OutputOptions.read(known, section, format, how, stream, text));
        section.raw(format);
        section.raw(options);
        section.build(() -> section);
        Optional<View> found = views.find(view);
        if (dataset.isEmpty() || read.isEmpty() || found.isEmpty()) {
            return Optional.empty();
        }
        String model = draft.model(
                dataset.get().address().words(),
                dataset.get().depot(),
                read.get().model(),
                section.path());
        return Optional.of(new OutputView(
                found.get().name(),
                section.path(),
                model,
                assertions,
                read.get().order()));
    }

    private ConfigSection nothing(ConfigSection section, String key) {
        return ConfigSection.at(
                section.path(key), JsonNodeFactory.instance.objectNode(), text.sources(), text.problems());
    }

    /** A job's streams share one folder; published jobs also write it where one of them goes to. */
    private void checkpoint(ConfigSection section, boolean stream) {
        if (!stream) {
            text.ignore(section, "nothing streams into this output", JobStreaming.CHECKPOINT);
            return;
        }
        JobStreaming.checkpoint(section, text)
                .filter(folder -> !draft.state(folder))
                .ifPresent(
                        folder -> section.problem(
                                JobStreaming.CHECKPOINT,
                                "is another folder than that of the job's other streams; write one, as streaming.checkpointLocation"));
    }
}
