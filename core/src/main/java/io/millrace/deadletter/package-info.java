/** Rows that could not be processed: found again, looked at, and sent through their pipegraph once more. */
@NullMarked
package io.millrace.deadletter;

import org.jspecify.annotations.NullMarked;
