/** What is done to a table as a whole: rewriting, expiring, removing, and showing another version. */
@NullMarked
package io.millrace.iceberg.internal.action;

import org.jspecify.annotations.NullMarked;
