package io.millrace.spark;

import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Sessions beside a session. */
public final class Sessions {

    private Sessions() {}

    /** Returns a session with the same catalog and settings, whose temporary views and later settings are its own. */
    public static SparkSession beside(SparkSession session) {
        SparkSession own = session.newSession();
        CollectionConverters.asJava(session.conf().getAll()).forEach((key, value) -> {
            if (own.conf().isModifiable(key)) {
                own.conf().set(key, value);
            }
        });
        return own;
    }
}
