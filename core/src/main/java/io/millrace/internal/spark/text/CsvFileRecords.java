package io.millrace.internal.spark.text;

/** The records of a file of CSV, or of a part of one, one after the other. */
interface CsvFileRecords extends AutoCloseable {

    /** Goes to the next record; false where there is none. */
    boolean next();

    /** Returns the record as it is written, without the line break that ends it. */
    String text();

    /** Returns the number of the line at which it begins, from 1. */
    long line();

    @Override
    void close();
}
