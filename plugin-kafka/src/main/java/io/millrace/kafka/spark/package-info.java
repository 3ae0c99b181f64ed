/** What needs the inner classes of Spark. */
@NullMarked
package io.millrace.kafka.spark;

import org.jspecify.annotations.NullMarked;
