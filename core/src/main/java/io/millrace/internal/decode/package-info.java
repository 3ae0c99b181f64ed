/** From the bytes of a record to its columns, and which columns these are, for sources of any kind. */
@NullMarked
package io.millrace.internal.decode;

import org.jspecify.annotations.NullMarked;
