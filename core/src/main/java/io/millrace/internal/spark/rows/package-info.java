/** The rows of Datasets: counted, kept, sampled, and what their plans tell. */
@NullMarked
package io.millrace.internal.spark.rows;

import org.jspecify.annotations.NullMarked;
