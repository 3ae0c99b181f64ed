package io.millrace.cli;

import io.millrace.cli.TextTable.Align;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.CompactionResult.Folder;
import java.util.List;

/** Tells a person. */
record CompactionText(Terminal terminal) implements CompactionReport {

    @Override
    public void compacted(String model, CompactionResult result) {
        Style style = terminal.style();
        List<Folder> folders = result.folders();
        long before = folders.stream().mapToLong(Folder::filesBefore).sum();
        long after = folders.stream().mapToLong(Folder::filesAfter).sum();
        print(style.strong(model) + ": "
                + (folders.isEmpty()
                        ? "nothing to compact"
                        : Words.count(before, "file") + " became " + Words.number(after)));
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT);
        for (Folder folder : folders) {
            table.row(
                    "  " + folder.path(),
                    Words.number(folder.filesBefore()) + " → " + Words.count(folder.filesAfter(), "file"),
                    Words.bytes(folder.bytesBefore()) + " → " + Words.bytes(folder.bytesAfter()));
        }
        table.lines().forEach(this::print);
        result.notes().forEach(note -> print("  " + style.warning("note: ") + note));
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
