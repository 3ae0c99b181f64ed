package io.millrace.spi;

/**
 * Names one output of one ETL, the same in every run.
 *
 * @param pipegraph the pipegraph's name
 * @param etl the ETL's name
 * @param output the name of the model that is written
 */
public record OutputId(String pipegraph, String etl, String output) {

    /** Returns {@code pipegraph/etl/output}. */
    @Override
    public String toString() {
        return pipegraph + "/" + etl + "/" + output;
    }
}
