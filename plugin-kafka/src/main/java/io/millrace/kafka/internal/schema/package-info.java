/** Which schemas records were written with, which one the rows have, and what a contract says where they differ. */
@NullMarked
package io.millrace.kafka.internal.schema;

import org.jspecify.annotations.NullMarked;
