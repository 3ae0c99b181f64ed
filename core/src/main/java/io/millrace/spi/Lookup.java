package io.millrace.spi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Decoding that takes something from elsewhere which may change while a stream runs, such as the schemas of a registry. Used on the driver, by
 * one thread at a time: tasks are given what was found and ask nobody.
 *
 * <p>What was found for a batch is kept before anything of the batch is written, and is used again when the batch is repeated after a crash. So a
 * record has the same fate in every pass and at every attempt.
 */
public interface Lookup {

    /**
     * Looks up what a new batch takes, as far as it is known without its records.
     *
     * @param before what was found for the batch before; null at the first
     * @return what is found, in a form of its own; no secrets, as it is written to the pipegraph's state
     * @throws io.millrace.config.MillraceException of kind EXTERNAL where nobody answers: then the batch fails, and no record is blamed
     */
    String find(@Nullable String before);

    /**
     * Looks up what the records of a batch take besides. Called where a task has thrown {@link MissingLookupException}; reads the records once.
     *
     * @param found so far; what it says of any record must still hold in the answer
     * @param raw the records of the batch, not decoded
     */
    String findFor(String found, Dataset<Row> raw);

    /** Decodes records as {@link DecodingSource#decode} does, with what was found. A task throws {@link MissingLookupException} where that is not enough. */
    Dataset<Row> decode(Dataset<Row> raw, String found);
}
