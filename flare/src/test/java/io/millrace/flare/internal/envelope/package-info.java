@NullMarked
package io.millrace.flare.internal.envelope;

import org.jspecify.annotations.NullMarked;
