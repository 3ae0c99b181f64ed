/** Where the testkit touches Spark's inner classes. */
@NullMarked
package io.millrace.testkit.spark;

import org.jspecify.annotations.NullMarked;
