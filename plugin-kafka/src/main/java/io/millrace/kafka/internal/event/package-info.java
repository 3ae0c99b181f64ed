/** Events of telemetry: which one it is, and whether it came before. */
@NullMarked
package io.millrace.kafka.internal.event;

import org.jspecify.annotations.NullMarked;
