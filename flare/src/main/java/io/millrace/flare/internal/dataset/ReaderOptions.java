package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code options} of an input: those of Spark's reader. Published jobs write some of the writer's there, which no reader knows. */
final class ReaderOptions {

    private static final List<String> OF_WRITERS = List.of("saveMode", "partitionBy", "compressionType");

    private ReaderOptions() {}

    static Map<String, String> read(ConfigSection input, FlareDocument text) {
        Map<String, String> options = new LinkedHashMap<>(input.stringMap("options"));
        input.optionalSection("options")
                .ifPresent(section -> OF_WRITERS.forEach(key -> text.ignore(section, "an input is not written", key)));
        options.keySet().removeAll(OF_WRITERS);
        return options;
    }
}
