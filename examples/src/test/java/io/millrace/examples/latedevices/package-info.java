@NullMarked
package io.millrace.examples.latedevices;

import org.jspecify.annotations.NullMarked;
