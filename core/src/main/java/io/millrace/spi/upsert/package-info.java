/**
 * Upserts: one row for each key stays, the newest. A product whose tables rows can be merged into ({@link io.millrace.spi.upsert.MergeTable}) has
 * them done by the plugin that knows how ({@link io.millrace.spi.upsert.UpsertPlugin}), where that is on the class path ({@link
 * io.millrace.spi.upsert.Upserts}). Everything here is called on the driver.
 */
@NullMarked
package io.millrace.spi.upsert;

import org.jspecify.annotations.NullMarked;
