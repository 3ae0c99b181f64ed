package io.millrace.examples.workflowsummary;

/** A page that is shown, and for how long. */
final class PageVisit {

    private final TelemetryEvent shown;
    private double seconds;

    PageVisit(TelemetryEvent shown) {
        this.shown = shown;
    }

    void stay(double passed) {
        seconds += passed;
    }

    TelemetryEvent shown() {
        return shown;
    }

    double seconds() {
        return seconds;
    }
}
