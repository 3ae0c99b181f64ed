/** The command that compacts tables. */
@NullMarked
package io.millrace.cli.internal.compact;

import org.jspecify.annotations.NullMarked;
