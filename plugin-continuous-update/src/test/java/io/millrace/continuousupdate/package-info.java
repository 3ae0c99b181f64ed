/** Tests of upserts, on real Delta tables. */
@NullMarked
package io.millrace.continuousupdate;

import org.jspecify.annotations.NullMarked;
