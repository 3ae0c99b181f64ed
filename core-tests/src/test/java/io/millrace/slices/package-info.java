@NullMarked
package io.millrace.slices;

import org.jspecify.annotations.NullMarked;
