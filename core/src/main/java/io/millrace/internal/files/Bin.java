package io.millrace.internal.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of one folder that become one.
 *
 * @param folder relative to the target's, with a slash at its end; empty for the target's own
 */
record Bin(String folder, List<WrittenFile> files) {

    /** Returns what is worth compacting: files of less than three quarters of a size, together no larger than that, at least two. */
    static List<Bin> of(List<WrittenFile> files, long size) {
        Map<String, List<WrittenFile>> byFolder = new TreeMap<>();
        for (WrittenFile file : files) {
            if (file.bytes() < size - size / 4) {
                byFolder.computeIfAbsent(DataFileName.folder(file.path()), folder -> new ArrayList<>())
                        .add(file);
            }
        }
        List<Bin> bins = new ArrayList<>();
        byFolder.forEach((folder, small) -> {
            List<WrittenFile> together = new ArrayList<>();
            long bytes = 0;
            for (WrittenFile file : small) {
                if (bytes + file.bytes() > size) {
                    bins.add(new Bin(folder, together));
                    together = new ArrayList<>();
                    bytes = 0;
                }
                together.add(file);
                bytes += file.bytes();
            }
            bins.add(new Bin(folder, together));
        });
        bins.removeIf(bin -> bin.files().size() < 2);
        return bins;
    }

    List<String> paths() {
        return files.stream().map(WrittenFile::path).toList();
    }
}
