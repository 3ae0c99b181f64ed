@NullMarked
package io.millrace.flare;

import org.jspecify.annotations.NullMarked;
