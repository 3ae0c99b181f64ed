@NullMarked
package io.millrace.examples.flights;

import org.jspecify.annotations.NullMarked;
