/** What the command line needs of Spark's internals. */
@NullMarked
package io.millrace.cli.internal.spark;

import org.jspecify.annotations.NullMarked;
