/** What the commands share: their environment, their options, the files they name, exit codes, and what is said of a failure. */
@NullMarked
package io.millrace.cli.internal.command;

import org.jspecify.annotations.NullMarked;
