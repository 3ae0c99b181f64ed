/**
 * The product {@code iceberg}: tables of Iceberg's catalogs as inputs and outputs, and these catalogs. Only {@link
 * io.millrace.iceberg.IcebergPlugin} and {@link io.millrace.iceberg.IcebergTables} are seen from outside, by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.millrace.iceberg;

import org.jspecify.annotations.NullMarked;
