@NullMarked
package io.millrace.examples.nytaxi;

import org.jspecify.annotations.NullMarked;
