/** Commits of tables that others write too. */
@NullMarked
package io.millrace.internal.commit;

import org.jspecify.annotations.NullMarked;
