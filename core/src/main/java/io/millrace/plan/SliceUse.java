package io.millrace.plan;

import io.millrace.spi.Slice;
import io.millrace.spi.Slice.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which parts of a slice an ETL makes use of: its inputs cut themselves by them, its queries have them as parameters, its strategies say so. */
final class SliceUse {

    private SliceUse() {}

    /**
     * Says what is wrong with running a plan for a slice: a batch ETL that makes no use of a part of it would take the same rows again with every other
     * part. A stream takes each row once whatever the slice, so it is enough that another ETL makes use of it.
     */
    static List<String> problems(PipegraphPlan plan, Slice slice) {
        List<String> problems = new ArrayList<>();
        for (Part part : slice.parts()) {
            List<EtlPlan> without =
                    plan.etls().stream().filter(etl -> !uses(etl, part, slice)).toList();
            boolean inVain = without.size() == plan.etls().size();
            without.stream()
                    .filter(etl -> inVain || !etl.etl().trigger().streaming())
                    .forEach(etl -> problems.add(problem(etl, part, slice)));
        }
        return problems;
    }

    private static boolean uses(EtlPlan etl, Part part, Slice slice) {
        return part == Part.VALUES
                ? slice.values().values().keySet().stream().anyMatch(column -> uses(etl, column))
                : parts(etl).contains(part);
    }

    /** Returns whether a query of an ETL has a parameter; a strategy is taken to ask for what it needs. */
    static boolean uses(EtlPlan etl, String parameter) {
        return etl.steps().stream()
                .anyMatch(step -> step instanceof PlannedStep.Sql sql
                        ? sql.parameters().contains(parameter)
                        : parts(step).contains(Part.VALUES));
    }

    /** Returns whether an ETL makes use of a part of a slice. */
    static boolean uses(EtlPlan etl, Part part) {
        return parts(etl).contains(part);
    }

    private static Set<Part> parts(EtlPlan etl) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        etl.inputs().forEach(input -> parts.addAll(input.source().sliceParts()));
        etl.steps().forEach(step -> parts.addAll(parts(step)));
        return parts;
    }

    private static Set<Part> parts(PlannedStep step) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (step instanceof PlannedStep.Sql sql) {
            for (Part part : Part.values()) {
                if (part.parameters().stream().anyMatch(sql.parameters()::contains)) {
                    parts.add(part);
                }
            }
        } else if (step instanceof PlannedStep.Java<?> java) {
            parts.addAll(java.sliceParts());
        }
        return parts;
    }

    private static String problem(EtlPlan etl, Part part, Slice slice) {
        String parameters = Stream.concat(part.parameters().stream(), slice.values().values().keySet().stream())
                .map(parameter -> ":" + parameter)
                .collect(Collectors.joining(" or "));
        return "ETL " + etl.name() + " makes no use of the " + part
                + " that the run is asked for, so each run would take all of its input."
                + " Use " + parameters + " in its SQL"
                + (part == Part.PARTITIONS ? ", read an input that is cut by partitions (product kafka)" : "")
                + ", name it in Strategy.sliceParts, or leave --" + part + " out";
    }
}
