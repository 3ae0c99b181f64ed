package io.millrace.internal.spark.sql;

import java.util.HashMap;
import java.util.Map;

/**
 * What queries are made of, by their text: who asks twice for the same text has it parsed once. Lives as long as one workflow is read or planned. Not
 * for use by several threads.
 */
public final class ParsedQueries {

    private final Map<String, SqlSyntax.Query> known;

    /** None is known yet. */
    public ParsedQueries() {
        this(Map.of());
    }

    /** These are known already. */
    public ParsedQueries(Map<String, SqlSyntax.Query> known) {
        this.known = new HashMap<>(known);
    }

    /**
     * Returns what a query is made of.
     *
     * @throws SqlSyntax.SyntaxException where it is none; also the next time
     */
    public SqlSyntax.Query query(String sql) throws SqlSyntax.SyntaxException {
        SqlSyntax.Query query = known.get(sql);
        if (query == null) {
            query = SqlSyntax.query(sql);
            known.put(sql, query);
        }
        return query;
    }

    /** Returns all that are known now. */
    public Map<String, SqlSyntax.Query> asMap() {
        return Map.copyOf(known);
    }
}
