package io.millrace.parallelwrite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkFirehoseListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.JsonProtocol;

/** Everything that is logged and everything that goes into Spark's event log, which its UI is made of. */
final class Overheard implements AutoCloseable {

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final SparkSession session;
    private final Events events = new Events();
    private final Log log = new Log();
    private final Level before;

    Overheard(SparkSession session) {
        this.session = session;
        session.sparkContext().addSparkListener(events);
        log.start();
        var root = context().getConfiguration().getRootLogger();
        before = root.getLevel();
        root.setLevel(Level.INFO);
        root.addAppender(log, Level.INFO, null);
        context().updateLoggers();
    }

    /** Returns what was heard so far with a word in it. */
    List<String> texts(String word) {
        try {
            session.sparkContext().listenerBus().waitUntilEmpty(60_000);
        } catch (TimeoutException silent) {
            throw new IllegalStateException(silent);
        }
        return texts.stream().filter(text -> text.contains(word)).toList();
    }

    @Override
    public void close() {
        var root = context().getConfiguration().getRootLogger();
        root.removeAppender(log.getName());
        root.setLevel(before);
        context().updateLoggers();
        session.sparkContext().removeSparkListener(events);
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    private final class Events extends SparkFirehoseListener {
        @Override
        public void onEvent(SparkListenerEvent event) {
            texts.add(JsonProtocol.sparkEventToJsonString(event));
        }
    }

    private final class Log extends AbstractAppender {
        Log() {
            super("overheard", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            texts.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
        }
    }
}
