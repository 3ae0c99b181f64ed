package io.millrace.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the parser says, with what to do about the slips that are made most. */
final class YamlErrors {

    private static final Map<String, String> ADVICE = advice();

    private YamlErrors() {}

    static String explained(MarkedYamlEngineException notYaml) {
        String problem = String.valueOf(notYaml.getProblem()).replaceFirst("\\. \\(Do not use.*", "");
        String context = notYaml.getContext() == null ? "" : notYaml.getContext() + ": ";
        String advice = ADVICE.entrySet().stream()
                .filter(each -> problem.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return "not YAML: " + context + problem + advice;
    }

    private static Map<String, String> advice() {
        Map<String, String> advice = new LinkedHashMap<>();
        advice.put("(TAB)", "; indent with spaces");
        advice.put(
                "mapping values are not allowed",
                "; a text that holds \": \" needs quotes, and the keys of an object begin in one column");
        advice.put(
                "but found '<block mapping start>'",
                "; the keys of an object, and the dashes of a list, begin in one column");
        advice.put("cannot start any token", "; a text that begins so needs quotes");
        return advice;
    }
}
