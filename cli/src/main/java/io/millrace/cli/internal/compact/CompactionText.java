package io.millrace.cli.internal.compact;

import io.millrace.cli.internal.terminal.AlignedTable;
import io.millrace.cli.internal.terminal.AlignedTable.Align;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
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
                        : FormattedValues.count(before, "file") + " became " + FormattedValues.number(after)));
        AlignedTable table = new AlignedTable(Align.LEFT, Align.RIGHT, Align.RIGHT);
        for (Folder folder : folders) {
            table.row(
                    "  " + folder.path(),
                    FormattedValues.number(folder.filesBefore()) + " → "
                            + FormattedValues.count(folder.filesAfter(), "file"),
                    FormattedValues.bytes(folder.bytesBefore()) + " → " + FormattedValues.bytes(folder.bytesAfter()));
        }
        table.lines().forEach(this::print);
        result.notes().forEach(note -> print("  " + style.warning("note: ") + note));
    }

    private void print(String line) {
        terminal.out().println(line);
    }
}
