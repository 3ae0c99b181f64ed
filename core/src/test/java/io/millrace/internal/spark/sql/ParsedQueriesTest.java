package io.millrace.internal.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.internal.spark.sql.SqlSyntax.SyntaxException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParsedQueriesTest {

    @Test
    void aTextIsParsedOnce() throws SyntaxException {
        ParsedQueries queries = new ParsedQueries();

        SqlSyntax.Query query = queries.query("SELECT id FROM orders WHERE day = :run_date");

        assertThat(query).isEqualTo(new SqlSyntax.Query(Set.of("orders"), Set.of("run_date"), false, false));
        assertThat(queries.query("SELECT id FROM orders WHERE day = :run_date")).isSameAs(query);
        assertThat(queries.asMap()).isEqualTo(Map.of("SELECT id FROM orders WHERE day = :run_date", query));
    }

    @Test
    void whatIsKnownAlreadyIsNotParsed() throws SyntaxException {
        SqlSyntax.Query known = new SqlSyntax.Query(Set.of("orders"), Set.of(), false, true);

        assertThat(new ParsedQueries(Map.of("not parsed", known)).query("not parsed"))
                .isSameAs(known);
    }

    @Test
    void whatIsNoQueryIsNoneTheNextTimeEither() {
        ParsedQueries queries = new ParsedQueries();

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> queries.query("SELEC 1"))
                    .hasMessage("Syntax error at or near 'SELEC'.\n    SELEC 1\n    ^");
        }
        assertThat(queries.asMap()).isEmpty();
    }
}
