/** The example {@code orders-ingestion}: messages whose schemas are in a registry, the broken ones among them found and sent through again. */
@NullMarked
package io.millrace.examples.ordersingestion;

import org.jspecify.annotations.NullMarked;
