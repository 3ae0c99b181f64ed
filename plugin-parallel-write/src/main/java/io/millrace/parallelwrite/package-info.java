/**
 * The product {@code parallelWrite}: rows into entities of a data lake.
 *
 * <p>The plugin of the product leads the exchange with the entity; who writes the rows is open. An {@link
 * io.millrace.parallelwrite.EntityWriter} is found by the model's {@code writerType}, a {@link io.millrace.parallelwrite.ColdFormat} by the
 * format the entity asks for, both through {@link java.util.ServiceLoader}. Everything here is called on the driver.
 */
@NullMarked
package io.millrace.parallelwrite;

import org.jspecify.annotations.NullMarked;
