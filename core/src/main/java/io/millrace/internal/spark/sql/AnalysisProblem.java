package io.millrace.internal.spark.sql;

import io.millrace.internal.spark.sql.ColumnProblem.Kind;
import io.millrace.internal.spark.sql.SqlWords.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.sql.AnalysisException;

/** What the analyser throws about a column. Of everything else that it throws, nothing is said: a run may know more. */
final class AnalysisProblem {

    private static final Pattern QUOTED = Pattern.compile("(?:`(?:[^`]|``)*`\\.?)+");

    private final Map<String, String> parameters;
    private final String sql;
    private final Optional<Word> place;

    private AnalysisProblem(AnalysisException thrown, String sql) {
        this.parameters = thrown.getMessageParameters();
        this.sql = sql;
        this.place = place(thrown.getQueryContext(), sql);
    }

    static Optional<ColumnProblem> of(AnalysisException thrown, String sql) {
        AnalysisProblem problem = new AnalysisProblem(thrown, sql);
        return switch (String.valueOf(thrown.getCondition())) {
            case "FIELD_NOT_FOUND" -> Optional.of(problem.field());
            case "UNRESOLVED_USING_COLUMN_FOR_JOIN" -> Optional.of(problem.named("colName", "suggestion"));
            case "CANNOT_RESOLVE_STAR_EXPAND" -> Optional.of(problem.star());
            case "UNRESOLVED_COLUMN.WITH_SUGGESTION" -> Optional.of(problem.named("objectName", "proposal"));
            case "AMBIGUOUS_REFERENCE" -> problem.ambiguous();
            default -> Optional.empty();
        };
    }

    /** A field of a struct. */
    private ColumnProblem field() {
        String field = name("fieldName");
        List<String> fields = names("fields");
        if (place.isPresent() && place.get().text().endsWith("." + field)) {
            Word word = place.get();
            String struct = word.text().substring(0, word.text().length() - field.length());
            return ColumnProblem.unknown(
                    word.text(),
                    word.offset(),
                    fields.stream().map(each -> struct + each).toList());
        }
        return at(SqlWords.only(field, sql), field, fields);
    }

    private ColumnProblem named(String name, String known) {
        return at(SqlWords.only(name(name), sql), name(name), names(known));
    }

    /** All fields of a struct, or all columns of a view. */
    private ColumnProblem star() {
        Optional<Word> whole = place.map(word -> new Word(word.text().replaceFirst("\\.\\*$", ""), word.offset()));
        return at(whole, name("targetString"), names("columns"));
    }

    /** Only where upper and lower case make no difference, as a run may tell them apart. */
    private Optional<ColumnProblem> ambiguous() {
        List<String> meant = names("referenceNames");
        Set<String> last = new HashSet<>();
        meant.forEach(each -> last.add(each.substring(each.lastIndexOf('.') + 1)));
        return last.size() > 1 || new HashSet<>(meant).size() < 2
                ? Optional.empty()
                : Optional.of(new ColumnProblem(
                        Kind.AMBIGUOUS,
                        place.map(Word::text).orElseGet(() -> name("name")),
                        place.map(Word::offset).orElse(-1),
                        meant));
    }

    private static ColumnProblem at(Optional<Word> word, String name, List<String> known) {
        return ColumnProblem.unknown(
                word.map(Word::text).orElse(name), word.map(Word::offset).orElse(-1), known);
    }

    private static Optional<Word> place(QueryContext[] contexts, String sql) {
        for (QueryContext context : contexts) {
            if (context.contextType() == QueryContextType.SQL) {
                return SqlWords.between(context.startIndex(), context.stopIndex(), sql);
            }
        }
        return Optional.empty();
    }

    private String name(String parameter) {
        return plain(parameters.getOrDefault(parameter, ""));
    }

    private List<String> names(String parameter) {
        List<String> names = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(parameters.getOrDefault(parameter, ""));
        while (quoted.find()) {
            names.add(plain(quoted.group()));
        }
        return names;
    }

    /** Spark puts names in backticks, whether they need them or not. */
    private static String plain(String quoted) {
        return quoted.replaceAll("`([A-Za-z_]\\w*)`", "$1");
    }
}
