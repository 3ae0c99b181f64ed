@NullMarked
package io.millrace.flare.internal.strategy;

import org.jspecify.annotations.NullMarked;
