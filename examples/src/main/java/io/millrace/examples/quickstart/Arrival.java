package io.millrace.examples.quickstart;

import java.time.Instant;

/**
 * A line as it arrives from the shop's systems.
 *
 * @param at when it arrives, which may be long after the event
 * @param orderId which order it is about, even where the line does not say so any more
 * @param line an event as JSON, or what was left of it on the way
 */
record Arrival(Instant at, long orderId, String line) {}
