/**
 * What plugins and users implement: sources, sinks, strategies.
 *
 * <p>A plugin is found by its product through {@link java.util.ServiceLoader}. It decodes a model's value into a {@link
 * io.millrace.spi.Source} or a {@link io.millrace.spi.Sink} when a pipegraph is planned, and does its work when the plan runs. Everything here
 * is called on the driver.
 */
@NullMarked
package io.millrace.spi;

import org.jspecify.annotations.NullMarked;
