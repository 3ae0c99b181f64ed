package io.millrace.benchmarks;

import io.millrace.slices.SliceEntry.Figures;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.spi.Slice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/**
 * Claims and completes slices by several threads, each of which tries all of them. As a process of its own it does so when it is told to by a line, and
 * answers with a line: how many it has won.
 */
final class SliceClaims {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final String READY = "ready";

    private SliceClaims() {}

    /** Waits for a line; arguments are the folder of the ledger, how many slices, and how many threads. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        try (Workplace work = Workplace.open()) {
            ledger(work.session(), Path.of(arguments[0])).close();
            System.out.println(READY);
            System.in.read();
            System.out.println(won(
                    work.session(),
                    Path.of(arguments[0]),
                    Integer.parseInt(arguments[1]),
                    Integer.parseInt(arguments[2])));
        }
    }

    static SliceLedger ledger(SparkSession session, Path folder) {
        return SliceLedger.open(session, folder.toString(), "claims");
    }

    /** Returns how many slices the threads have won. */
    static int won(SparkSession session, Path folder, int slices, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (SliceLedger ledger = ledger(session, folder)) {
            List<Future<Integer>> claiming = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int begin = thread * slices / threads;
                claiming.add(pool.submit(() -> won(ledger, slices, begin)));
            }
            int won = 0;
            for (Future<Integer> each : claiming) {
                won += each.get();
            }
            return won;
        } finally {
            pool.shutdown();
        }
    }

    /** A thread begins with a slice of its own, and goes round. */
    private static int won(SliceLedger ledger, int slices, int begin) {
        int won = 0;
        for (int day = 0; day < slices; day++) {
            Slice slice = Slice.of(FIRST.plusDays((begin + day) % slices));
            if (ledger.claim(slice, null) instanceof Claimed.Ours ours) {
                ledger.complete(ours.entry(), Figures.NONE, all -> Map.of());
                won++;
            }
        }
        return won;
    }

    /** Another JVM with the options of this one. */
    record Other(Process process, BufferedReader lines) {

        static Other start(Path folder, int slices, int threads) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), SliceClaims.class.getName()));
            command.addAll(List.of(folder.toString(), String.valueOf(slices), String.valueOf(threads)));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Other(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        void awaitReady() throws IOException {
            if (!READY.equals(lines.readLine())) {
                throw new IOException("a process that claims slices did not start");
            }
        }

        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        int won() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("a process that claims slices ended without a word");
            }
            return Integer.parseInt(line);
        }
    }
}
