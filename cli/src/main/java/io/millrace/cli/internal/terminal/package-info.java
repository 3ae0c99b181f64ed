/** What is shown on a terminal: tables, values, lines that fit, progress; and lines of JSON in their place. */
@NullMarked
package io.millrace.cli.internal.terminal;

import org.jspecify.annotations.NullMarked;
