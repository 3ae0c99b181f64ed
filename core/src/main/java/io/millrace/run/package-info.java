/** Runs plans: as a batch or as streams, each ETL in batches that are written exactly once. Everything here happens on the driver. */
@NullMarked
package io.millrace.run;

import org.jspecify.annotations.NullMarked;
