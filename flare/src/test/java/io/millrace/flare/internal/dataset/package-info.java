@NullMarked
package io.millrace.flare.internal.dataset;

import org.jspecify.annotations.NullMarked;
