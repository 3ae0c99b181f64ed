package io.millrace.kafka.internal.decode;

/** What becomes of a record without a value, such as a tombstone of a compacted topic. */
enum NullValue {
    /** It cannot be decoded. */
    DEAD_LETTER,
    /** It becomes a row whose columns are null. */
    KEEP
}
