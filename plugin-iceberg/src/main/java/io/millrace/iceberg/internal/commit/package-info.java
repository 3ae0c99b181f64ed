/** How the rows of a batch come into a table, once: files, commits, merges, and which batches a table has. */
@NullMarked
package io.millrace.iceberg.internal.commit;

import org.jspecify.annotations.NullMarked;
