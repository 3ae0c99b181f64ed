package io.millrace.flare.internal.job;

import java.util.Set;

/** Something that queries of a job can read, by its name. */
sealed interface View permits InputView, SequenceView {

    /** Returns the name. */
    String name();

    /** Returns the path at which it is written. */
    String path();

    /** Returns the names it reads itself. */
    Set<String> reads();
}
