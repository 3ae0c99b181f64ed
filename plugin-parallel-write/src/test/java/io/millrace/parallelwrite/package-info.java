/** Tests of the product {@code parallelWrite}. */
@NullMarked
package io.millrace.parallelwrite;

import org.jspecify.annotations.NullMarked;
