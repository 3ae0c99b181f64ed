package io.millrace.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs two jobs in turn, so that both see the same machine, and compares them pair by pair. */
final class PairedRuns {

    /** A job; what it leaves behind is its own business, and not measured. */
    interface Job {
        void run(int round);
    }

    private final int warmUps;
    private final int rounds;

    PairedRuns(int warmUps, int rounds) {
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    @Override
    public String toString() {
        return rounds + " pairs after " + warmUps + " that do not count; medians (least-greatest)";
    }

    /**
     * The seconds of each round and the ratio of each pair.
     *
     * @param one what the first of each pair is called
     * @param other what the second is called
     */
    record Comparison(String name, String one, List<Double> byHand, String other, List<Double> millrace) {

        /** Returns how many times the seconds by hand Millrace takes. */
        double ratio() {
            return ratio(millrace, byHand);
        }

        /** Returns how much it gets done in the time in which the other gets one done. */
        double throughput() {
            return ratio(byHand, millrace);
        }

        double secondsByHand() {
            return new Seconds(byHand).median();
        }

        double seconds() {
            return new Seconds(millrace).median();
        }

        /** Prints the comparison, and what it means for so many messages. */
        void print(long messages, PrintStream out) {
            out.println(this);
            out.printf(
                    Locale.ROOT,
                    "%-28s by hand %,.0f   millrace %,.0f   throughput %.3f%n",
                    "  messages/s and core",
                    messages / secondsByHand() / Workplace.CORES,
                    messages / seconds() / Workplace.CORES,
                    throughput());
        }

        private static double ratio(List<Double> of, List<Double> to) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < of.size(); i++) {
                ratios.add(of.get(i) / to.get(i));
            }
            return new Seconds(ratios).median();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-28s %s %s   %s %s   ratio %.3f",
                    name,
                    one,
                    new Seconds(byHand),
                    other,
                    new Seconds(millrace),
                    ratio());
        }
    }

    Comparison compare(String name, Job byHand, Job millrace) {
        return compare(name, "by hand", byHand, "millrace", millrace);
    }

    /** Compares two jobs of which neither is written by hand. */
    Comparison compare(String name, String one, Job byHand, String other, Job millrace) {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int round = 0; round < warmUps + rounds; round++) {
            boolean handFirst = round % 2 == 0;
            double a = handFirst ? seconds(byHand, round) : 0;
            double b = seconds(millrace, round);
            a = handFirst ? a : seconds(byHand, round);
            if (round >= warmUps) {
                first.add(a);
                second.add(b);
            }
        }
        return new Comparison(name, one, first, other, second);
    }

    private static double seconds(Job job, int round) {
        System.gc();
        long started = System.nanoTime();
        job.run(round);
        return (System.nanoTime() - started) / 1e9;
    }
}
