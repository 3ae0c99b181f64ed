/** Whole jobs against the same jobs written by hand, in one process. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
