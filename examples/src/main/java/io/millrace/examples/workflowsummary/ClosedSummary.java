package io.millrace.examples.workflowsummary;

import java.util.List;
import java.util.Map;

/**
 * A summary to which nothing is added any more.
 *
 * @param first the event it began with, which says of whom and of what it is
 * @param last the last one that was added
 * @param type of what it sums up
 * @param mode of that
 * @param start in milliseconds since 1970
 * @param end in milliseconds since 1970
 * @param seconds that were spent, without those in which nothing happened for long
 * @param interactions how often somebody did something
 * @param events how many there were of each kind
 * @param answers the events with answers to questions
 * @param visits to pages, in order
 */
record ClosedSummary(
        TelemetryEvent first,
        TelemetryEvent last,
        String type,
        String mode,
        long start,
        long end,
        double seconds,
        int interactions,
        Map<String, Integer> events,
        List<TelemetryEvent> answers,
        List<PageVisit> visits) {}
