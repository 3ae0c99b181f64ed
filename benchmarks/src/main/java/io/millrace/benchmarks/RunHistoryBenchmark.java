package io.millrace.benchmarks;

import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StateFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs to begin and to end a batch run, by the number of runs there were before: claimed, noted before its first write, completed. The runs
 * before are files of the form before ledgers, so the first run also takes them over, which is told by itself.
 *
 * <p>Arguments: {@code history=N,N} runs before (0, 5,000 and 100,000); {@code rounds=N} runs that count (21) after {@code warm-ups=N} that do not (5).
 */
public final class RunHistoryBenchmark {

    private static final ClaimedWork ALL = new ClaimedWork(ClaimedWork.Kind.RUN, "all");

    private RunHistoryBenchmark() {}

    /** Runs the benchmark and prints a line for each history. */
    public static void main(String[] arguments) throws IOException {
        run(Arguments.of(arguments, Map.of("history", "0,5000,100000", "rounds", "21", "warm-ups", "5")), System.out);
    }

    static void run(Arguments arguments, PrintStream out) throws IOException {
        try (Workplace work = Workplace.open()) {
            for (int before : arguments.numbers("history")) {
                Path folder = work.folder().resolve("state-" + before);
                write(folder.resolve("runs"), before);
                Ledger ledger = Ledger.ofPipegraph(new StateFolder(work.session(), folder.toString()), "orders");
                double first = seconds(ledger, "first");
                List<Double> later = new ArrayList<>();
                for (int round = -arguments.number("warm-ups"); round < arguments.number("rounds"); round++) {
                    double seconds = seconds(ledger, "run" + round);
                    if (round >= 0) {
                        later.add(seconds * 1_000);
                    }
                }
                out.printf(
                        Locale.ROOT,
                        "%,d runs before: the first takes them over in %.2f s; then each begins and ends in %s%n",
                        before,
                        first,
                        new Seconds(later).toString().replace(" s (", " ms ("));
            }
        }
    }

    private static double seconds(Ledger ledger, String id) {
        long started = System.nanoTime();
        Claim claim = ledger.claim(ALL, unfinished -> new Ledger.Choice(id));
        claim.writes();
        claim.complete();
        return (System.nanoTime() - started) / 1e9;
    }

    /** A run every five minutes, all of them finished. */
    private static void write(Path runs, int number) throws IOException {
        Files.createDirectories(runs);
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        for (int i = 0; i < number; i++) {
            Instant started = first.plusSeconds(300L * i);
            String id = String.format(Locale.ROOT, "run-%06d", i);
            Files.writeString(
                    runs.resolve(id + ".json"),
                    "{\"run\":\"" + id + "\",\"pipegraph\":\"orders\",\"slice\":\"all\",\"started\":\"" + started
                            + "\",\"finished\":\"" + started.plusSeconds(60) + "\"}");
        }
    }
}
