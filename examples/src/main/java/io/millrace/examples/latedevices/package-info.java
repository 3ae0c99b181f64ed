/** The example late-devices: its data, and its tour. */
@NullMarked
package io.millrace.examples.latedevices;

import org.jspecify.annotations.NullMarked;
