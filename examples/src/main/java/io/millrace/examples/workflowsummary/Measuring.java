package io.millrace.examples.workflowsummary;

/** How summaries are measured. */
public enum Measuring {

    /**
     * As the numbers have always been, so that they can be compared: a page has the time before the next one twice; a page that is shown by the very first
     * event counts for nothing; of several visits to a page the last one counts; summaries of two devices may have one id.
     */
    LEGACY,

    /** As they are meant. */
    CORRECTED
}
