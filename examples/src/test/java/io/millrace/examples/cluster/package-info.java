/** The command line on a standalone cluster of Spark, in processes of its own. */
@NullMarked
package io.millrace.examples.cluster;

import org.jspecify.annotations.NullMarked;
