package io.millrace.internal.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSyntaxTest {

    @ParameterizedTest
    @ValueSource(strings = {"", ";", " ;;\n", "; -- done; really", "; /* all; */ ;\n-- end", " -- no semicolon;"})
    void semicolonsMayEndAQuery(String end) throws SqlSyntax.SyntaxException {
        assertThat(SqlSyntax.query("SELECT ';😀' AS a FROM v" + end))
                .isEqualTo(new SqlSyntax.Query(Set.of("v"), Set.of(), false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; SELECT 2", "SELECT 1; SELECT 2;", "SELECT 1;; garbage"})
    void aSemicolonWithinIsNone(String sql) {
        int second = sql.indexOf(';');

        assertThatThrownBy(() -> SqlSyntax.query(sql))
                .isInstanceOf(SqlSyntax.SyntaxException.class)
                .hasMessageStartingWith("Syntax error at or near ';'")
                .hasMessageEndingWith("\n    " + sql + "\n    " + " ".repeat(second) + "^");
    }

    @Test
    void nothingButASemicolonIsNoQuery() {
        assertThatThrownBy(() -> SqlSyntax.query(";"))
                .hasMessage("Syntax error, unexpected empty statement.\n    ;\n    ^");
    }

    @Test
    void anExpressionHasNoSemicolon() throws SqlSyntax.SyntaxException {
        SqlSyntax.expression("name <> ';'");

        assertThatThrownBy(() -> SqlSyntax.expression("price\n> 0 ; "))
                .hasMessage("a semicolon ends a statement, not an expression; remove it\n    > 0 ; \n        ^");
        assertThatThrownBy(() -> SqlSyntax.expression("price > ; "))
                .hasMessageStartingWith("Syntax error at or near end of input.");
    }

    @Test
    void onlySemicolonsAtTheEndAreTaken() {
        assertThat(SqlSyntax.withoutSemicolon("MATCHED THEN DELETE; -- gone")).isEqualTo("MATCHED THEN DELETE");
        assertThat(SqlSyntax.withoutSemicolon("SELECT ';' -- ;")).isEqualTo("SELECT ';' -- ;");
        assertThat(SqlSyntax.withoutSemicolon(" ; ")).isEmpty();
    }
}
