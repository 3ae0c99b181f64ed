package io.millrace.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Orders ETLs so that each comes after those whose outputs it reads; otherwise as they are written. */
final class EtlOrder {

    private final Map<String, EtlPlan> byName;
    private final PlanNotes notes;
    private final Set<String> done = new LinkedHashSet<>();
    private final List<EtlPlan> ordered = new ArrayList<>();
    private boolean circular;

    private EtlOrder(List<EtlPlan> etls, PlanNotes notes) {
        this.byName = etls.stream().collect(Collectors.toMap(EtlPlan::name, Function.identity(), (a, b) -> a));
        this.notes = notes;
    }

    static List<EtlPlan> of(List<EtlPlan> etls, PlanNotes notes) {
        EtlOrder order = new EtlOrder(etls, notes);
        etls.forEach(etl -> order.visit(etl, new LinkedHashSet<>()));
        return order.ordered;
    }

    private void visit(EtlPlan etl, Set<String> path) {
        if (done.contains(etl.name()) || circular) {
            return;
        }
        if (!path.add(etl.name())) {
            List<String> names = new ArrayList<>(path);
            String circle = String.join(" -> ", names.subList(names.indexOf(etl.name()), names.size()));
            notes.problem(
                    "pipegraph.etls",
                    "ETLs read each other's outputs in a circle: " + circle + " -> " + etl.name()
                            + "; let one of them read or write another model");
            circular = true;
            return;
        }
        etl.after().stream()
                .sorted()
                .map(byName::get)
                .filter(each -> each != null)
                .forEach(each -> visit(each, path));
        path.remove(etl.name());
        if (done.add(etl.name())) {
            ordered.add(etl);
        }
    }
}
