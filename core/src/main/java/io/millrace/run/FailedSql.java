package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.WrittenSql;
import io.millrace.spark.QueryExcerpt;
import io.millrace.spark.QueryPlace;
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
        return etl.texts().stream()
                .filter(text -> text.sql().equals(place.sql()))
                .findFirst()
                .map(text -> failed.saying(QueryPlace.withoutExcerpt(failed.getMessage()) + "\n  "
                        + where(text, place.offset()) + QueryExcerpt.whole(place.sql(), place.offset())))
                .orElse(failed);
    }

    private static String where(WrittenSql text, int offset) {
        return text.place(offset).map(place -> place + "  ").orElse("") + text.name();
    }
}
