/** The example {@code ny-taxi-workflow}: jobs that write one Iceberg table at the same time. */
@NullMarked
package io.millrace.examples.nytaxi;

import org.jspecify.annotations.NullMarked;
