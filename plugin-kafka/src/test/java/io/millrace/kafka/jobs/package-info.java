/** Jobs that are handed over by a topic, with a broker. */
@NullMarked
package io.millrace.kafka.jobs;

import org.jspecify.annotations.NullMarked;
