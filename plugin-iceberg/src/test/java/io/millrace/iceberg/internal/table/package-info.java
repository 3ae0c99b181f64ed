@NullMarked
package io.millrace.iceberg.internal.table;

import org.jspecify.annotations.NullMarked;
