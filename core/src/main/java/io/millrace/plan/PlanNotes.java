package io.millrace.plan;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigPath;
import io.millrace.config.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
}
