/** The commands on slices and on late data, and runs over dates. */
@NullMarked
package io.millrace.cli.internal.slices;

import org.jspecify.annotations.NullMarked;
