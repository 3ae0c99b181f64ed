/**
 * The product {@code kafka}: topics as inputs and outputs, by Spark's own source and sink. Only {@link io.millrace.kafka.KafkaPlugin} is seen
 * from outside, by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.millrace.kafka;

import org.jspecify.annotations.NullMarked;
