/** A table as a model speaks of it: its name, layout and columns, and how it is made ready for rows. */
@NullMarked
package io.millrace.iceberg.internal.table;

import org.jspecify.annotations.NullMarked;
