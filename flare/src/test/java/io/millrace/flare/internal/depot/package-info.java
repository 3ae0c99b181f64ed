@NullMarked
package io.millrace.flare.internal.depot;

import org.jspecify.annotations.NullMarked;
