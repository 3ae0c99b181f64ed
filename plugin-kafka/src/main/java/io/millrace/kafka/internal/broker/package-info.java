/** Kafka's brokers: how they are reached, which topics are meant, from where to where they are read. */
@NullMarked
package io.millrace.kafka.internal.broker;

import org.jspecify.annotations.NullMarked;
