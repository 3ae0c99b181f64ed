/** SQL texts: parsed, resolved over views without rows, and what is wrong with them. */
@NullMarked
package io.millrace.internal.spark.sql;

import org.jspecify.annotations.NullMarked;
