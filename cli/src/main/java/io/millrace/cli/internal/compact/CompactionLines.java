package io.millrace.cli.internal.compact;

import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.spi.CompactionResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a program: a line for each folder that changed, and one for the model. */
final class CompactionLines implements CompactionReport {

    private final JsonLines lines;

    CompactionLines(Terminal terminal) {
        this.lines = new JsonLines(terminal.out());
    }

    @Override
    public void compacted(String model, CompactionResult result) {
        for (CompactionResult.Folder folder : result.folders()) {
            Map<String, Object> fields = line("folder", model);
            fields.put("folder", folder.path());
            fields.put("files_before", folder.filesBefore());
            fields.put("bytes_before", folder.bytesBefore());
            fields.put("files_after", folder.filesAfter());
            fields.put("bytes_after", folder.bytesAfter());
            lines.write(fields);
        }
        Map<String, Object> fields = line("compaction", model);
        fields.put("folders", result.folders().size());
        fields.put("notes", result.notes());
        lines.write(fields);
    }

    private static Map<String, Object> line(String type, String model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("model", model);
        return fields;
    }
}
