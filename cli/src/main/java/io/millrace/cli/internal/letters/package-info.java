/** The commands on dead letters. */
@NullMarked
package io.millrace.cli.internal.letters;

import org.jspecify.annotations.NullMarked;
