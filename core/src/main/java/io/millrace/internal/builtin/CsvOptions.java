package io.millrace.internal.builtin;

import java.util.Map;
import java.util.TreeMap;

/**
 * How CSV is read and written where its options do not say otherwise: as <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> has it. Spark
 * alone escapes a quote by a backslash, ends records at line breaks within quotes, and writes texts without the blanks around them.
 */
final class CsvOptions {

    private CsvOptions() {}

    /** Returns options with what they do not say. */
    static Map<String, String> with(Map<String, String> written) {
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.putAll(written);
        options.putIfAbsent("escape", options.getOrDefault("quote", "\""));
        options.putIfAbsent("multiLine", "true");
        options.putIfAbsent("ignoreLeadingWhiteSpace", "false");
        options.putIfAbsent("ignoreTrailingWhiteSpace", "false");
        return options;
    }
}
