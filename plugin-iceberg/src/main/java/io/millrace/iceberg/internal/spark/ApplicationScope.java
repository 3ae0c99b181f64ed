package io.millrace.iceberg.internal.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;

/** Objects of which a Spark application has one, whatever sessions and plans there are: its context keeps them, as listeners. */
public final class ApplicationScope {

    private ApplicationScope() {}

    /** Returns the object of an application, made where there is none yet. It is told when the application ends. */
    public static <T extends SparkListener> T one(SparkContext context, Class<T> type, Supplier<T> factory) {
        synchronized (context) {
            return context.listenerBus().listeners().stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElseGet(() -> {
                        T made = factory.get();
                        context.addSparkListener(made);
                        return made;
                    });
        }
    }
}
