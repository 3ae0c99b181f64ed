/** From text to a {@link io.millrace.model.Pipegraph}. */
@NullMarked
package io.millrace.load;

import org.jspecify.annotations.NullMarked;
