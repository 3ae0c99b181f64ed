package io.millrace.internal.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What runs beside other things in one Spark application. */
public final class SharedApplication {

    private static final String POOL = "spark.scheduler.pool";

    private SharedApplication() {}

    /**
     * Does something under a name of its own: Spark shares its cores fairly between it and what runs under other names, where {@code
     * spark.scheduler.mode} is {@code FAIR}, and shows its jobs as a group. What it has written is seen by whoever reads after it.
     */
    public static <T> T as(SparkSession session, String name, Supplier<T> work) {
        SparkContext context = session.sparkContext();
        context.setLocalProperty(POOL, name);
        context.setJobGroup(name, name.replaceFirst("^millrace/", ""), false);
        try {
            return work.get();
        } finally {
            Sessions.forgetTables(session);
            context.clearJobGroup();
            context.setLocalProperty(POOL, null);
        }
    }
}
