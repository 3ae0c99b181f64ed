/** Where the product touches Spark's inner classes: the tables of the session's catalog. The only package of this module that may. */
@NullMarked
package io.millrace.parallelwrite.internal.spark;

import org.jspecify.annotations.NullMarked;
