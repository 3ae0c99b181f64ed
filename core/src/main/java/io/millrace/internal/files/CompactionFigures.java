package io.millrace.internal.files;

import io.millrace.internal.files.CompactionPlan.Move;
import io.millrace.internal.files.CompactionPlan.Swap;
import io.millrace.spi.CompactionResult;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a compaction has changed, folder by folder. */
final class CompactionFigures {

    private long filesBefore;
    private long bytesBefore;
    private long files;
    private long bytes;

    private CompactionFigures() {}

    /**
     * Returns the figures of the folders in which something changed.
     *
     * @param present the files before
     */
    static CompactionResult of(String location, List<WrittenFile> present, CompactionPlan plan, List<String> notes) {
        Map<String, CompactionFigures> changed = new TreeMap<>();
        Set<String> replaced = new HashSet<>();
        for (Swap swap : plan.swaps()) {
            replaced.addAll(swap.replaces());
            for (Move move : swap.moves()) {
                CompactionFigures figures =
                        changed.computeIfAbsent(DataFileName.folder(move.to()), folder -> new CompactionFigures());
                figures.files++;
                figures.bytes += move.bytes();
            }
        }
        for (WrittenFile file : present) {
            CompactionFigures figures = changed.get(DataFileName.folder(file.path()));
            if (figures != null) {
                figures.before(file, replaced.contains(file.path()));
            }
        }
        return new CompactionResult(
                changed.entrySet().stream()
                        .map(each -> each.getValue().folder((location + "/" + each.getKey()).replaceFirst("/+$", "")))
                        .toList(),
                notes);
    }

    private void before(WrittenFile file, boolean gone) {
        filesBefore++;
        bytesBefore += file.bytes();
        files += gone ? 0 : 1;
        bytes += gone ? 0 : file.bytes();
    }

    private CompactionResult.Folder folder(String path) {
        return new CompactionResult.Folder(path, filesBefore, bytesBefore, files, bytes);
    }
}
