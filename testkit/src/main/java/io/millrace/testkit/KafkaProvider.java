package io.millrace.testkit;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;

/**
 * Starts the {@link KafkaCluster} of tests elsewhere than in their JVM, in a container for example. Found by {@link java.util.ServiceLoader}; has a public
 * constructor without parameters. Where there is none on the class path, tests get a {@link KafkaBroker}.
 */
public interface KafkaProvider {

    /** Starts it. Called once for the tests of a JVM; they close it when the last one is through. */
    KafkaCluster start();
}
