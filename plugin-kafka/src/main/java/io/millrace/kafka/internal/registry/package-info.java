/** A client of schema registries that speak Confluent's REST protocol. Used on the driver only. */
@NullMarked
package io.millrace.kafka.internal.registry;

import org.jspecify.annotations.NullMarked;
