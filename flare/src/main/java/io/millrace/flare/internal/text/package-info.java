/** A document that is read, and what its readers share. */
@NullMarked
package io.millrace.flare.internal.text;

import org.jspecify.annotations.NullMarked;
