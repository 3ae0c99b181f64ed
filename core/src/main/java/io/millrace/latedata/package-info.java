/**
 * A pipegraph that is run for each partition of a table, and once more for those that change afterwards: what is due is found by the table's log,
 * and run as slices.
 */
@NullMarked
package io.millrace.latedata;

import org.jspecify.annotations.NullMarked;
