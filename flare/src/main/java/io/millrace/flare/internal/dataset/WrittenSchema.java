package io.millrace.flare.internal.dataset;

import org.apache.spark.sql.types.StructType;

/**
 * A schema that is written in the text, or in a file it names.
 *
 * @param text as it is written
 * @param columns what it says
 * @param path where it is written
 */
record WrittenSchema(String text, StructType columns, String path) {

    /** Returns the columns as in CREATE TABLE. */
    String ddl() {
        return columns.toDDL();
    }

    /** Gives the columns to a model of files, where the files do not know them themselves. */
    void columns(ModelDraft model, String format) {
        if (!format.equals("text")) {
            model.value().put("schema", ddl());
            model.written("schema", path);
        }
    }
}
