package io.millrace.iceberg.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.HoconReader;
import io.millrace.config.Problems;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeClausesTest {

    private final Problems problems = new Problems();

    private Optional<MergeClauses> decode(String text) {
        return MergeClauses.decode(HoconReader.parse("conf", text).root(problems));
    }

    @Test
    void semicolonsMayEndTheClauses() {
        Optional<MergeClauses> merge = decode(
                """
                on = "t.id = s.id"
                when = ["WHEN MATCHED AND s.name = ';' THEN DELETE ; -- gone", "NOT MATCHED THEN INSERT *;"]
                """);

        assertThat(problems.asList()).isEmpty();
        assertThat(merge.orElseThrow().statement("a.b", "c"))
                .isEqualTo("MERGE INTO a.b t USING c s ON t.id = s.id"
                        + " WHEN MATCHED AND s.name = ';' THEN DELETE WHEN NOT MATCHED THEN INSERT *");
    }

    @Test
    void anExpressionHasNoSemicolon() {
        assertThat(decode("on = \"t.id = s.id;\", when = [\"MATCHED THEN DELETE\"]"))
                .isEmpty();
        assertThat(problems.asList())
                .hasToString("[conf:1:1  on: is not an expression of Spark SQL: a semicolon ends a statement, not an"
                        + " expression; remove it\n    t.id = s.id;\n               ^]");
    }
}
