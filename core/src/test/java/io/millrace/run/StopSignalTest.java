package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.StreamingQueryStatus;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.HashMap;

class StopSignalTest {

    @Test
    void aFailureIsToldOnceTheQueryIsOver() {
        StreamingQueryException failure = new StreamingQueryException(
                "query", "lost", new IllegalStateException("lost"), "", "", "STREAM_FAILED", new HashMap<>());
        FailingQuery query = new FailingQuery(failure);

        assertThatThrownBy(() -> new StopSignal().await(query)).isSameAs(failure);
        assertThat(query.over).isTrue();
    }

    /** Tells of its failure before it is over, as Spark's do. */
    private static final class FailingQuery implements StreamingQuery {

        private final StreamingQueryException failure;
        private boolean over;

        FailingQuery(StreamingQueryException failure) {
            this.failure = failure;
        }

        @Override
        public boolean awaitTermination(long millis) throws StreamingQueryException {
            throw failure;
        }

        @Override
        public void awaitTermination() throws StreamingQueryException {
            over = true;
            throw failure;
        }

        @Override
        public boolean isActive() {
            return !over;
        }

        @Override
        public Option<StreamingQueryException> exception() {
            return Option.apply(failure);
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public UUID id() {
            return new UUID(0, 1);
        }

        @Override
        public UUID runId() {
            return new UUID(0, 2);
        }

        @Override
        public SparkSession sparkSession() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StreamingQueryStatus status() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StreamingQueryProgress[] recentProgress() {
            return new StreamingQueryProgress[0];
        }

        @Override
        public StreamingQueryProgress lastProgress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void processAllAvailable() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void explain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void explain(boolean extended) {
            throw new UnsupportedOperationException();
        }
    }
}
