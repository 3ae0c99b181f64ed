package io.millrace.internal.spark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A text in which wrong names of columns are replaced, so that what they hide can be found. Remembers where each character stood. */
final class MendedText {

    private String text;
    private List<Integer> places;
    private boolean certain = true;

    MendedText(String text) {
        this.text = text;
        this.places = IntStream.range(0, text.length()).boxed().toList();
    }

    String text() {
        return text;
    }

    /** Whether what the text yields is what it would if all names were right. */
    boolean certain() {
        return certain;
    }

    /** Returns a problem of this text as one of the text that was given. */
    ColumnProblem asWritten(ColumnProblem problem) {
        return problem.offset() < 0 ? problem : problem.at(places.get(problem.offset()));
    }

    /** Puts the columns that are meant in the place of those that are not there, or NULL where nobody knows; returns whether it could. */
    boolean mend(List<ColumnProblem> problems) {
        List<ColumnProblem> placed = problems.stream()
                .filter(problem -> problem.offset() >= 0)
                .sorted((one, other) -> Integer.compare(other.offset(), one.offset()))
                .distinct()
                .toList();
        for (ColumnProblem problem : placed) {
            Optional<String> meant = problem.meant();
            certain &= meant.isPresent();
            replace(problem.offset(), problem.name().length(), meant.orElse("NULL"));
        }
        certain &= placed.size() == problems.size();
        return !placed.isEmpty();
    }

    private void replace(int offset, int length, String other) {
        int place = places.get(offset);
        text = text.substring(0, offset) + other + text.substring(offset + length);
        List<Integer> moved = new ArrayList<>(places.subList(0, offset));
        IntStream.range(0, other.length()).forEach(each -> moved.add(place));
        moved.addAll(places.subList(offset + length, places.size()));
        places = moved;
    }
}
