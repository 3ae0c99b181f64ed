package io.millrace.cli.internal.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Map;

/** Writes one JSON object per line, for programs. The first field is always {@code type}. */
public final class JsonLines {

    private final PrintStream out;
    private final ObjectMapper mapper = new ObjectMapper();

    public JsonLines(PrintStream out) {
        this.out = out;
    }

    /** Writes a line at once; fields in the order of the map. */
    public void write(Map<String, Object> fields) {
        try {
            out.println(mapper.writeValueAsString(fields));
            out.flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts, numbers and lists are always JSON", impossible);
        }
    }
}
