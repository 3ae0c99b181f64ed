/** A real Kafka broker without anything to install, for tests and demos. */
@NullMarked
package io.millrace.broker;

import org.jspecify.annotations.NullMarked;
