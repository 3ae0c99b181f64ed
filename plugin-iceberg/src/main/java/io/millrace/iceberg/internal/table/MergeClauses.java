package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import io.millrace.spark.SqlSyntax;
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

    public MergeClauses {
        when = List.copyOf(when);
    }

    /** Decodes {@code merge}; what is wrong is noted. */
    static Optional<MergeClauses> decode(ConfigSection section) {
        String on = section.string("on");
        List<String> when = section.strings("when").stream()
                .map(clause -> SqlSyntax.withoutSemicolon(clause).strip().replaceFirst("(?i)^when\\s+", ""))
                .toList();
        if (!on.isEmpty()) {
            check(section, "on", "an expression of Spark SQL", () -> SqlSyntax.expression(on));
        }
        if (when.isEmpty()) {
            section.problem(
                    "when",
                    "is missing: what is done, such as \"MATCHED THEN UPDATE SET *\", \"NOT MATCHED THEN INSERT *\"");
        }
        when.forEach(clause -> check(
                section,
                "when",
                "what MERGE takes",
                () -> SqlSyntax.statement(new MergeClauses("true", List.of(clause)).statement("t", "s"))));
        return section.build(() -> new MergeClauses(on, when));
    }

    private interface Parsing {
        void run() throws SqlSyntax.SyntaxException;
    }

    private static void check(ConfigSection section, String key, String what, Parsing parsing) {
        try {
            parsing.run();
        } catch (SqlSyntax.SyntaxException wrong) {
            section.problem(key, "is not " + what + ": " + wrong.getMessage());
        }
    }

    /** Returns the statement that merges a view of rows into a table. */
    public String statement(String table, String rows) {
        return when.stream()
                .map(clause -> " WHEN " + clause)
                .collect(Collectors.joining("", "MERGE INTO " + table + " t USING " + rows + " s ON " + on, ""));
    }
}
