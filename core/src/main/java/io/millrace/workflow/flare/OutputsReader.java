package io.millrace.workflow.flare;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
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
    private final Draft draft;
    private final Text text;

    OutputsReader(ConfigSection job, List<ConfigSection> steps, Views views, Draft draft, Text text) {
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
            Text.read(output, "title", "description", "tags");
            text.ignore(output, "there is no database to reach", "driver");
            text.ignore(output, "it is for the platform", "columnTags");
            requireView(view, output, "name");
            Optional<Dataset> dataset =
                    view.isEmpty() ? Optional.empty() : Dataset.decode(output, "dataset", Optional.of(view), text);
            output.raw("dataset");
            dataset.ifPresent(each -> each.requireWritable(output, "dataset"));
            target(dataset, view, output, "format", "options").ifPresent(read::add);
        }
        return read;
    }

    private List<OutputView> older(List<ConfigSection> outputs) {
        Map<String, ConfigSection> places = new LinkedHashMap<>();
        for (ConfigSection output : outputs) {
            String name = output.string("name");
            Text.read(output, "title", "description", "tags", "depot", "dataset");
            if (!name.isEmpty() && places.putIfAbsent(name, output) != null) {
                output.problem("name", "two outputs are named \"" + name + "\"; rename one");
            }
        }
        List<OutputView> read = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (ConfigSection sink : sinks) {
            Text.read(sink, "title", "description", "tags");
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
        Optional<OutputOptions> read =
                dataset.map(known -> OutputOptions.read(known, section, format, options, stream, text));
        section.raw(format);
        section.raw(options);
        section.build(() -> section);
        Optional<View> found = views.find(view);
        if (dataset.isEmpty() || read.isEmpty() || found.isEmpty()) {
            return Optional.empty();
        }
        String model = read.get()
                .model()
                .add(dataset.get().address().words(), dataset.get().depot(), section.path(), draft);
        return Optional.of(new OutputView(
                found.get().name(),
                section.path(),
                model,
                assertions,
                read.get().order()));
    }
}
