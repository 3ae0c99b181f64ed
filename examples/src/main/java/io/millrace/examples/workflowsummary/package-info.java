/** Summaries of what people did in an application, from the telemetry of their devices. */
@NullMarked
package io.millrace.examples.workflowsummary;

import org.jspecify.annotations.NullMarked;
