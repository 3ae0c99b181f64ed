package io.millrace.plan;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.Location;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import io.millrace.internal.spark.sql.QueryExcerpt;
import io.millrace.model.Pipegraph;
import io.millrace.spi.Slice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects what planning finds, with the places where it is written. */
final class PlanNotes {

    /** Of an ETL that may have dead letters. */
    static final String NO_DEAD_LETTERS = "the ETL has no place for dead letters; add dead-letters = MODEL to it";

    private final ConfigDocument document;
    private final Problems problems;
    private final Set<String> warnings = new LinkedHashSet<>();

    PlanNotes(ConfigDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    void problem(String path, String message) {
        problems.add(document.sources().problem(path, message));
    }

    void warning(String path, String message) {
        warnings.add(document.sources().problem(path, message).toString());
    }

    /**
     * Notes what is wrong at a place within a text that is the value of a path.
     *
     * @param offset of the place, in characters; negative where it is not known
     */
    void problem(String path, String message, String text, int offset) {
        problems.add(within(path, message, text, offset));
    }

    /** Warns of something at a place within a text. */
    void warning(String path, String message, String text, int offset) {
        warnings.add(within(path, message, text, offset).toString());
    }

    /** Where the place in the file is not known, the message shows that in the text. */
    private Problem within(String path, String message, String text, int offset) {
        Problem around = document.sources().problem(path, message);
        Optional<Location> place =
                offset < 0 ? Optional.empty() : document.sources().within(path, text, offset);
        if (place.isPresent()) {
            return new Problem(place.get(), around.path(), message);
        }
        boolean shown = offset >= 0 && text.strip().contains(" ");
        return new Problem(around.place(), around.path(), shown ? message + QueryExcerpt.line(text, offset) : message);
    }

    /** Returns where an output of an ETL is written. */
    String outputPath(String etl, int index) {
        String several = ConfigPath.element(ConfigPath.child(etl, "outputs"), index);
        boolean one = index == 0 && document.sources().at(several).isEmpty();
        return one ? ConfigPath.child(etl, "output") : several;
    }

    ConfigDocument document() {
        return document;
    }

    Problems problems() {
        return problems;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    static String model(String name) {
        return ConfigPath.child("pipegraph.models", name);
    }

    /** Notes the parameters of a text of SQL that no run of the pipegraph has. */
    void checkParameters(String path, Set<String> parameters, Pipegraph pipegraph) {
        Set<String> known = new TreeSet<>(Slice.PARAMETERS);
        pipegraph.lateData().ifPresent(how -> known.addAll(how.partitionBy()));
        for (String parameter : parameters) {
            if (!known.contains(parameter)) {
                problem(path, "unknown parameter :" + parameter + "; " + Suggestion.among(parameter, known));
            }
        }
    }

    /** Returns whether the ETLs are written as such in the text: not in Java, and not in another language. */
    boolean ofEtlsAsWritten() {
        return document().tree().path("pipegraph").has("etls");
    }
}
