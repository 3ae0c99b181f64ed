package io.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How much memory this process takes, in bytes.
 *
 * @param heap what is still in use after a full collection
 * @param resident what the process occupies, as the system sees it; 0 where it does not say
 */
record MemoryUse(long heap, long resident) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double MIB = 1024 * 1024;

    /** Collects what nobody uses any more, and looks. */
    static MemoryUse now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return new MemoryUse(memory.getHeapMemoryUsage().getUsed(), residentSize());
    }

    private static long residentSize() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns what has come since. */
    MemoryUse since(MemoryUse before) {
        return new MemoryUse(heap - before.heap, resident - before.resident);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "heap %.1f MiB   process %.1f MiB", heap / MIB, resident / MIB);
    }
}
