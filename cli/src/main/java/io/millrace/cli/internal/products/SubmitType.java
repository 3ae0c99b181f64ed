package io.millrace.cli.internal.products;

import java.util.Locale;

/** How a data product is run. */
enum SubmitType {
    /** One run for each day. */
    RUN_MODE,
    /** A run for each few partitions of a day. */
    VIA_PARTITION,
    /** A message for each of these, for job managers. */
    JOB_MANAGER;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
