/** Where Millrace meets Spark's sessions and the internals of Spark and Delta. */
@NullMarked
package io.millrace.internal.spark;

import org.jspecify.annotations.NullMarked;
