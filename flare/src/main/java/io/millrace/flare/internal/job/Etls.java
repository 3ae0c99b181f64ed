package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigPath;
import io.millrace.flare.internal.strategy.AssertionCheck;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.model.Etl;
import io.millrace.model.SqlStep;
import io.millrace.model.Step;
import io.millrace.model.StrategyStep;
import io.millrace.model.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the ETLs of a job: one for each view that is written, of what that view is made of; else one that looks at what is asserted. */
record Etls(Views views, Assertions assertions, JobStreaming streaming, String job, PipegraphDraft draft) {

    /** What is written of one view in one order. */
    private record Key(String view, String order) {}

    void add(List<OutputView> outputs) {
        Map<Key, List<OutputView>> byView = new LinkedHashMap<>();
        for (OutputView output : outputs) {
            Key key = new Key(output.view(), output.sorted().orElse(""));
            byView.computeIfAbsent(key, absent -> new ArrayList<>()).add(output);
        }
        Set<String> names = new TreeSet<>();
        byView.forEach((key, same) ->
                add(key, same, free(key.view(), names), same.get(0).path()));
        if (!outputs.isEmpty()) {
            views.warnOfUnneeded("output");
        }
    }

    /** Adds an ETL that checks a view and writes nothing. */
    void check(View view) {
        add(new Key(view.name(), ""), List.of(), view.name(), job + ".assertions");
        views.warnOfUnneeded("assertion");
    }

    private static String free(String view, Set<String> names) {
        String free = view;
        for (int i = 2; !names.add(free); i++) {
            free = view + "-" + i;
        }
        return free;
    }

    /**
     * Adds one ETL.
     *
     * @param place where that which it is made for is written
     */
    private void add(Key key, List<OutputView> outputs, String name, String place) {
        String path = draft.nextEtl();
        draft.place(path, place);
        Assertions asserted = outputs.stream().map(OutputView::assertions).reduce(assertions, Assertions::and);
        List<String> wanted = new ArrayList<>(asserted.reads());
        wanted.add(key.view());
        List<View> behind = views.behind(wanted);
        if (behind.stream().noneMatch(InputView.class::isInstance)) {
            behind = Stream.concat(views.inputs().stream(), behind.stream()).toList(); // an ETL has inputs, used or not
        }
        if (views.inputs().isEmpty()) {
            return; // which is said already
        }
        Etl.Builder etl = Etl.named(name);
        List<Step> steps = new ArrayList<>();
        boolean streams = false;
        for (View view : behind) {
            if (view instanceof InputView input) {
                etl.input(input.input());
                streams |= input.streams();
                draft.place(ConfigPath.child(path + ".inputs", input.input().view()), input.path());
                input.step().ifPresent(step -> {
                    String incremental = input.path() + ".incremental";
                    draft.place(
                            ConfigPath.element(path + ".steps", steps.size()) + ".configuration",
                            incremental + ".state");
                    add(step, input.path(), incremental, path, steps);
                });
            } else if (view instanceof SequenceView sequence) {
                sequence.steps().forEach(step -> add(step, sequence.path(), sequence.sqlPath(), path, steps));
                draft.placeBelow(configuration(path, steps.size() - 1) + ".functions", sequence.path() + ".functions");
            }
        }
        int checks = steps.size();
        last(key, asserted, outputs).forEach(step -> add(step, place, place, path, steps));
        int check = 0;
        for (String written : asserted.checks().values()) {
            draft.placeBelow(ConfigPath.element(configuration(path, checks) + ".checks", check++), written);
        }
        steps.forEach(etl::step);
        for (OutputView output : outputs) {
            draft.place(ConfigPath.element(path + ".outputs", outputs.indexOf(output)), output.path());
            etl.output(output.model());
        }
        draft.place(path + ".trigger", job);
        etl.trigger(streams ? streaming.trigger() : new Trigger.Batch());
        draft.etl(etl.build());
    }

    private static String configuration(String etl, int step) {
        return ConfigPath.element(etl + ".steps", step) + ".configuration";
    }

    private void add(Step step, String path, String sqlPath, String etl, List<Step> steps) {
        String at = ConfigPath.element(etl + ".steps", steps.size());
        draft.place(at, path);
        draft.place(at + ".sql", sqlPath);
        steps.add(step);
    }

    /** Returns the steps after the view's own: they check it and sort it. */
    private static List<Step> last(Key key, Assertions asserted, List<OutputView> outputs) {
        List<Step> steps = new ArrayList<>();
        String view = key.view();
        if (!asserted.checks().isEmpty()) {
            ObjectNode configuration =
                    JsonNodeFactory.instance.objectNode().put("of", view).put("writes", !outputs.isEmpty());
            asserted.checks().keySet().forEach(configuration.putArray("checks")::add);
            view = key.view() + "#checked";
            steps.add(new StrategyStep(view, AssertionCheck.class.getName(), configuration));
        }
        if (!key.order().isEmpty()) {
            steps.add(new SqlStep(
                    key.view() + "#sorted", "SELECT * FROM " + ColumnNames.quoted(view) + " " + key.order()));
        }
        return steps;
    }
}
