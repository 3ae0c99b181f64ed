@NullMarked
package io.millrace.iceberg.internal.catalog;

import org.jspecify.annotations.NullMarked;
