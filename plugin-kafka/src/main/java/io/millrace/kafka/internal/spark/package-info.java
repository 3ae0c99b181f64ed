/** What needs the inner classes of Spark. */
@NullMarked
package io.millrace.kafka.internal.spark;

import org.jspecify.annotations.NullMarked;
