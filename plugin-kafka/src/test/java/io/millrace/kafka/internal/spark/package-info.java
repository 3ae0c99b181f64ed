@NullMarked
package io.millrace.kafka.internal.spark;

import org.jspecify.annotations.NullMarked;
