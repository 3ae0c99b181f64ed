/** Runs that are killed, and what is there afterwards. */
@NullMarked
package io.millrace.examples.crash;

import org.jspecify.annotations.NullMarked;
