/** From rows to the values of records. */
@NullMarked
package io.millrace.kafka.internal.encode;

import org.jspecify.annotations.NullMarked;
