package io.millrace.iceberg;

import io.millrace.testkit.ChildJvm;

/** What a process that will be killed says of each batch that it has written. */
public final class WrittenBatches {

    private static final String BEFORE = "wrote ";
    private static final String AFTER = ";"; // or a line that is cut off would name another batch

    private WrittenBatches() {}

    public static String line(int batch) {
        return BEFORE + batch + AFTER;
    }

    /** Returns the last batch that a process has named. */
    public static int last(ChildJvm child) {
        return child.output().stream()
                .filter(line -> line.startsWith(BEFORE))
                .mapToInt(line -> Integer.parseInt(line.substring(BEFORE.length(), line.length() - AFTER.length())))
                .max()
                .orElseThrow();
    }
}
