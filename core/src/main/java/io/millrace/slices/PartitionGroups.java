package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.spi.PartitionedSource;
import io.millrace.spi.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * Slices of a few partitions each.
 *
 * @param partitions which there are to be; empty for all that the inputs have
 * @param size how many one run takes; the last one of a date may take fewer
 */
public record PartitionGroups(List<Integer> partitions, int size) {

    /** Copies the list. */
    public PartitionGroups {
        partitions = List.copyOf(partitions);
        if (size < 1) {
            throw new IllegalArgumentException("a run takes at least one partition");
        }
    }

    /**
     * Cuts each slice, such as that of a date, by partitions.
     *
     * @throws MillraceException of kind USER where no input of the plan can tell its partitions and none are given
     */
    public List<Slice> of(SparkSession session, PipegraphPlan plan, List<Slice> slices) {
        List<Slice> groups = new ArrayList<>();
        for (Slice slice : slices) {
            List<Integer> all = partitions.isEmpty() ? partitions(session, plan, slice) : partitions;
            for (int first = 0; first < all.size(); first += size) {
                groups.add(new Slice(
                        slice.runDate(),
                        all.subList(first, Math.min(first + size, all.size())),
                        slice.window(),
                        slice.values()));
            }
        }
        return groups;
    }

    /**
     * Returns the partitions that the inputs of a plan have for a slice, ascending.
     *
     * @throws MillraceException of kind USER where no input can tell
     */
    public static List<Integer> partitions(SparkSession session, PipegraphPlan plan, Slice slice) {
        List<PartitionedSource> sources = sources(plan);
        if (sources.isEmpty()) {
            throw MillraceException.user("pipegraph " + plan.pipegraph().name()
                    + " has no input that tells its partitions, as topics and backups do (products kafka and backup); name them:"
                    + " --partitions 0-7");
        }
        TreeSet<Integer> found = new TreeSet<>();
        sources.forEach(source -> found.addAll(source.partitions(session, slice)));
        if (found.isEmpty()) {
            throw MillraceException.user(
                    "the inputs of pipegraph " + plan.pipegraph().name()
                            + " say nothing of partitions"
                            + slice.date().map(date -> " for " + date).orElse("")
                            + ": run it for all of them at once, without --by-partition");
        }
        return List.copyOf(found);
    }

    /** Returns what a person should know of runs for some slices, each thing once: what their inputs have that none of them reads, and what they lack. */
    public static List<String> warnings(SparkSession session, PipegraphPlan plan, List<Slice> slices) {
        Map<Slice, TreeSet<Integer>> partitions = new LinkedHashMap<>();
        for (Slice slice : slices) {
            Slice day = new Slice(slice.runDate(), List.of(), slice.window(), slice.values());
            partitions.computeIfAbsent(day, none -> new TreeSet<>()).addAll(slice.partitions());
        }
        Set<String> warnings = new LinkedHashSet<>();
        for (PartitionedSource source : sources(plan)) {
            partitions.forEach((day, numbers) -> warnings.addAll(source.warnings(
                    session, new Slice(day.runDate(), List.copyOf(numbers), day.window(), day.values()))));
        }
        return List.copyOf(warnings);
    }

    private static List<PartitionedSource> sources(PipegraphPlan plan) {
        return plan.etls().stream()
                .flatMap(etl -> etl.inputs().stream())
                .filter(input -> !input.streamed())
                .map(input -> input.source())
                .filter(PartitionedSource.class::isInstance)
                .map(PartitionedSource.class::cast)
                .toList();
    }
}
