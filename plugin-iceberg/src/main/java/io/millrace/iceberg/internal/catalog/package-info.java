/** Iceberg's catalogs: what the configuration says of them, and what fails in them. */
@NullMarked
package io.millrace.iceberg.internal.catalog;

import org.jspecify.annotations.NullMarked;
