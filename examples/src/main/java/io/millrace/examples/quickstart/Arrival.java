package io.millrace.examples.quickstart;

import java.time.Instant;

/**
 * A line as it arrives from the shop's systems.
 *
 * @param at when it arrives, which may be long after the event
 * @param line an event as JSON, or what was left of it on the way
 */
record Arrival(Instant at, String line) {}
