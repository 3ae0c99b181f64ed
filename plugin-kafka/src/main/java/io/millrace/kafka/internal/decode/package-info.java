/** From records, as Spark's Kafka source has them, to columns. */
@NullMarked
package io.millrace.kafka.internal.decode;

import org.jspecify.annotations.NullMarked;
