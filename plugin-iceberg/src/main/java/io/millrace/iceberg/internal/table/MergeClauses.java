package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How rows are merged into a table: {@code MERGE INTO … t USING … s ON … WHEN …}.
 *
 * @param on which rows belong together; the table is {@code t}, the batch {@code s}
 * @param when what is done, without the word WHEN; not empty
 */
public record MergeClauses(String on, List<String> when) {

    private static final Option<String> ON =
            Option.text("on").optional("Which rows belong together, where save-mode = merge: t.id = s.id.");
    private static final Option<List<String>> WHEN = Option.texts("when")
            .byDefault(
                    List.of(),
                    "What is done with them: MATCHED THEN UPDATE SET *, NOT MATCHED THEN INSERT *. The table is t, the batch s.");

    /** The options of {@code merge}. */
    static final List<Option<?>> OPTIONS = List.of(ON, WHEN);

    public MergeClauses {
        when = List.copyOf(when);
    }

    /** Decodes {@code merge}; what is wrong is noted. */
    static Optional<MergeClauses> decode(ConfigSection section) {
        if (!section.has(ON)) {
            section.problem(ON, "is missing");
        }
        Optional<String> on = section.find(ON);
        List<String> when = section.get(WHEN).stream()
                .map(clause -> SqlSyntax.withoutSemicolon(clause).strip().replaceFirst("(?i)^when\\s+", ""))
                .toList();
        on.ifPresent(rows -> check(section, ON, "an expression of Spark SQL", () -> SqlSyntax.expression(rows)));
        if (when.isEmpty()) {
            section.problem(
                    WHEN,
                    "is missing: what is done, such as \"MATCHED THEN UPDATE SET *\", \"NOT MATCHED THEN INSERT *\"");
        }
        when.forEach(clause -> check(
                section,
                WHEN,
                "what MERGE takes",
                () -> SqlSyntax.statement(new MergeClauses("true", List.of(clause)).statement("t", "s"))));
        return section.build(() -> new MergeClauses(on.orElseThrow(), when));
    }

    private interface Parsing {
        void run() throws SqlSyntax.SyntaxException;
    }

    private static void check(ConfigSection section, Option<?> option, String what, Parsing parsing) {
        try {
            parsing.run();
        } catch (SqlSyntax.SyntaxException wrong) {
            section.problem(option, "is not " + what + ": " + wrong.getMessage());
        }
    }

    /** Returns the statement that merges a view of rows into a table. */
    public String statement(String table, String rows) {
        return when.stream()
                .map(clause -> " WHEN " + clause)
                .collect(Collectors.joining("", "MERGE INTO " + table + " t USING " + rows + " s ON " + on, ""));
    }
}
