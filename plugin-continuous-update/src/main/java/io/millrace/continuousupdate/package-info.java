/**
 * Upserts into entities of Delta and Iceberg: the {@code continuousUpdate} writer of product {@code parallelWrite}.
 *
 * <p>The meaning: one row per key, the one with the greatest ordering ever seen. A batch is reduced to one winner per key, rows that the
 * policies do not admit are set apart, and the winners are merged into the table in one commit that carries the batch's identity.
 */
@NullMarked
package io.millrace.continuousupdate;

import org.jspecify.annotations.NullMarked;
