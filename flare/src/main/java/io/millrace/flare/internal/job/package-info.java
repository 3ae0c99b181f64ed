/** One job: its inputs, steps, outputs, assertions and actions, and the pipegraph they become. */
@NullMarked
package io.millrace.flare.internal.job;

import org.jspecify.annotations.NullMarked;
