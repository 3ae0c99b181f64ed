/** What addresses are, and what they mean: depots. */
@NullMarked
package io.millrace.flare.internal.depot;

import org.jspecify.annotations.NullMarked;
