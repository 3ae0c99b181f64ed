/** What the command line needs of Spark's internals. */
@NullMarked
package io.millrace.cli.spark;

import org.jspecify.annotations.NullMarked;
