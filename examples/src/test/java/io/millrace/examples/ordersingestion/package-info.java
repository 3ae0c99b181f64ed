@NullMarked
package io.millrace.examples.ordersingestion;

import org.jspecify.annotations.NullMarked;
