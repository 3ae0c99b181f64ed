package io.millrace.cli.internal.compact;

import io.millrace.spi.CompactionResult;

/** Tells what a compaction did. */
interface CompactionReport {

    /** One model is through. */
    void compacted(String model, CompactionResult result);
}
