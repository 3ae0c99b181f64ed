package io.millrace.kafka.internal.spark;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the next value of one type, in the form Spark has it in its rows. */
@FunctionalInterface
interface ValueReader {

    @Nullable
    Object read(BoundedDecoder from) throws IOException;
}
