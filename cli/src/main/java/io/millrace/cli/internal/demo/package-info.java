/** The command that shows an example. */
@NullMarked
package io.millrace.cli.internal.demo;

import org.jspecify.annotations.NullMarked;
