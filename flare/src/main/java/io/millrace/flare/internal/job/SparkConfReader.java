package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads {@code sparkConf}. The original runs on Spark 3, where a cast that fails gives null and a number that is too large wraps around: ANSI mode is
 * off unless a job sets it. Other settings are those of the application.
 */
final class SparkConfReader {

    private static final String KEY = "sparkConf";
    private static final String ANSI = "spark.sql.ansi.enabled";

    private SparkConfReader() {}

    /**
     * Reads it from the sections in which it may stand.
     *
     * @return what holds in the session of the job, where the application says nothing else
     */
    static Map<String, String> read(FlareDocument text, ConfigSection... sections) {
        Map<String, String> settings = new TreeMap<>(Map.of(ANSI, "false"));
        for (ConfigSection section : sections) {
            section.raw(KEY).ifPresent(conf -> read(conf, section, settings, text));
        }
        return settings;
    }

    private static void read(JsonNode conf, ConfigSection section, Map<String, String> settings, FlareDocument text) {
        Map<String, String> written = new LinkedHashMap<>();
        List<JsonNode> parts = List.of(conf);
        if (conf.isArray()) { // of objects, most of them of one key
            parts = conf.valueStream().toList();
        }
        parts.forEach(part -> part.properties()
                .forEach(each -> written.put(each.getKey(), each.getValue().asText())));
        String ansi = written.remove(ANSI);
        if (ansi != null && !Set.of("true", "false").contains(ansi)) {
            section.problem(KEY, ANSI + " must be true or false, not \"" + ansi + "\"");
        } else if (ansi != null) {
            settings.put(ANSI, ansi);
        }
        if (ansi == null || !written.isEmpty()) {
            String others = ansi == null ? "" : "; " + ANSI + " alone is that of the job";
            text.ignore(section, "settings of Spark are those of the application that runs the workflow" + others, KEY);
        }
    }
}
