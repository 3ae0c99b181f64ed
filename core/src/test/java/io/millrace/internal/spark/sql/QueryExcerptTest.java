package io.millrace.internal.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryExcerptTest {

    private static final String SQL = "\n      SELECT id,\n        \twrong AS x\n      FROM t\n  ";

    @Test
    void aLineIsShownFromItsFirstCharacter() {
        assertThat(QueryExcerpt.line(SQL, SQL.indexOf("AS"))).isEqualTo("\n    wrong AS x\n          ^");
        assertThat(QueryExcerpt.line("SELECT a", 7)).isEqualTo("\n    SELECT a\n           ^");
    }

    @Test
    void aQueryIsShownWithoutTheMarginItHasInTheFile() {
        assertThat(QueryExcerpt.whole(SQL, SQL.indexOf("wrong")))
                .isEqualTo("\n    SELECT id,\n      \twrong AS x\n      \t^\n    FROM t");
    }
}
