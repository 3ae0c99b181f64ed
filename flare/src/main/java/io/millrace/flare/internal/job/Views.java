package io.millrace.flare.internal.job;

import io.millrace.config.Suggestion;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The views of a job, in the order in which they are made. Their names are those of SQL: upper and lower case are the same. */
final class Views {

    private final FlareDocument text;
    private final Map<String, View> byName = new LinkedHashMap<>();
    private final Set<String> needed = new HashSet<>();

    Views(FlareDocument text) {
        this.text = text;
    }

    void add(View view) {
        View before = byName.putIfAbsent(key(view.name()), view);
        if (before != null) {
            String kind = before instanceof InputView ? "an input" : "a step";
            text.problem(view.path() + ".name", kind + " before it is named \"" + view.name() + "\" too; rename one");
        }
    }

    Optional<View> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    List<InputView> inputs() {
        return byName.values().stream()
                .filter(InputView.class::isInstance)
                .map(InputView.class::cast)
                .toList();
    }

    /** Returns what a job comes to: its last step, else its only input; empty where there are several inputs and no step. */
    Optional<View> result() {
        List<View> all = List.copyOf(byName.values());
        return all.size() == 1 || all.size() > inputs().size()
                ? Optional.of(all.get(all.size() - 1))
                : Optional.empty();
    }

    Collection<String> names() {
        return byName.values().stream().map(View::name).toList();
    }

    /** Says that there is no view of that name. */
    String unknown(String name) {
        return "no input and no step is named \"" + name + "\"; " + Suggestion.among(name, names());
    }

    /** Notes steps that read what is not there, or not yet, and those whose result nobody needs. */
    void check() {
        Set<String> made = new HashSet<>();
        for (View view : byName.values()) {
            if (view instanceof SequenceView step) {
                for (String name : step.reads()) {
                    if (!made.contains(key(name)) && !name.contains(".")) {
                        text.problem(step.sqlPath(), missing(name, step));
                    }
                }
            }
            made.add(key(view.name()));
        }
    }

    private String missing(String name, SequenceView step) {
        if (key(name).equals(key(step.name()))) {
            return "reads the view \"" + name + "\", which it makes itself";
        }
        return find(name).isPresent()
                ? "reads the view \"" + name + "\", which is made by a later step"
                : "reads the view \"" + name + "\", and " + unknown(name);
    }

    /** Returns what a view is made of, itself included, in the order in which it is made. */
    List<View> behind(Collection<String> wanted) {
        Set<String> found = new HashSet<>();
        wanted.forEach(name -> follow(name, found));
        needed.addAll(found);
        List<View> behind = new ArrayList<>();
        byName.forEach((key, view) -> {
            if (found.contains(key)) {
                behind.add(view);
            }
        });
        return behind;
    }

    /**
     * Warns of steps that {@link #behind} was never asked for.
     *
     * @param needs who could need them: an output
     */
    void warnOfUnneeded(String needs) {
        byName.forEach((key, view) -> {
            if (view instanceof SequenceView && !needed.contains(key)) {
                text.warn(view.path(), "no " + needs + " needs this step; it is left out");
            }
        });
    }

    private void follow(String name, Set<String> found) {
        View view = byName.get(key(name));
        if (view != null && found.add(key(name))) {
            view.reads().forEach(each -> follow(each, found));
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
