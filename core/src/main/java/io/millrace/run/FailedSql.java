package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.QueryExcerpt;
import io.millrace.internal.spark.sql.QueryPlace;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.WrittenSql;
import java.util.Optional;

/** Says where the SQL is written that failed. */
final class FailedSql {

    private FailedSql() {}

    /** Returns the same failure with the place in the file and the query, where Spark knows which text of the ETL it was. */
    static MillraceException located(EtlPlan etl, MillraceException failed) {
        Optional<QueryPlace> found = QueryPlace.in(failed);
        if (found.isEmpty()) {
            return failed;
        }
        QueryPlace place = found.get();
        return text(etl, place.sql())
                .map(text -> failed.saying(QueryPlace.withoutExcerpt(failed.getMessage()) + "\n  "
                        + where(text, place.offset()) + QueryExcerpt.whole(place.sql(), place.offset())))
                .orElse(failed);
    }

    /** Returns the failure of a query that could not even begin: where Spark does not say which part it was, the query as a whole is meant. */
    static MillraceException ofQuery(EtlPlan etl, String sql, MillraceException failed) {
        if (QueryPlace.in(failed).isPresent()) {
            return failed; // the batch says where
        }
        return text(etl, sql)
                .map(text -> failed.saying(failed.getMessage() + "\n  " + where(text, 0)))
                .orElse(failed);
    }

    private static Optional<WrittenSql> text(EtlPlan etl, String sql) {
        return etl.texts().stream().filter(text -> text.sql().equals(sql)).findFirst();
    }

    private static String where(WrittenSql text, int offset) {
        return text.place(offset).map(place -> place + "  ").orElse("") + text.name();
    }
}
