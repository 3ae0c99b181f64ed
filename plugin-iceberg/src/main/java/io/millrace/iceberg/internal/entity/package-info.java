/** Iceberg as a format of the entities of product {@code parallelWrite}. Found by {@link java.util.ServiceLoader}. */
@NullMarked
package io.millrace.iceberg.internal.entity;

import org.jspecify.annotations.NullMarked;
