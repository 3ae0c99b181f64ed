/** The flights example: the generator of its data. */
@NullMarked
package io.millrace.examples.flights;

import org.jspecify.annotations.NullMarked;
