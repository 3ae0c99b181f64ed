/** Delta's log, its transactions, and what is written into its tables. */
@NullMarked
package io.millrace.internal.spark.delta;

import org.jspecify.annotations.NullMarked;
