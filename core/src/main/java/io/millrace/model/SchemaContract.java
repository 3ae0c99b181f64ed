package io.millrace.model;

/**
 * What an ETL makes of a schema that changes: that of the records it reads, and that of the rows it writes.
 *
 * @param record where records come with fields that the rows have no column for, because they were written with a newer schema
 * @param table where rows have columns, or fields of structs, that the table they go to lacks, or has with another type
 */
public record SchemaContract(Policy record, Policy table) {

    /** What is done without one: rows follow the records, and tables take what they have columns for. */
    public static final SchemaContract NONE = new SchemaContract(Policy.EVOLVE, Policy.DISCARD);

    /** What is done about something new. */
    public enum Policy {
        /** It is taken up: the rows, or the table, get new columns. */
        EVOLVE,
        /** The batch fails; nothing of it is written. */
        FREEZE,
        /** It is left out. */
        DISCARD,
        /** What has it goes to the ETL's dead letters. */
        DEAD_LETTER
    }

    /** Returns one that is the same for records and tables. */
    public static SchemaContract of(Policy policy) {
        return new SchemaContract(policy, policy);
    }
}
