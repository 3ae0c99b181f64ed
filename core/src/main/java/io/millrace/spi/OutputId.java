package io.millrace.spi;

/**
 * Names one output of one ETL, the same in every run.
 *
 * @param pipegraph the pipegraph's name
 * @param etl the ETL's name
 * @param output the name of the model that is written
 */
public record OutputId(String pipegraph, String etl, String output) {

    /** Returns the id by which a place for dead letters, which this is, knows those of an output's sink: a batch of their own. */
    public OutputId lettersOf(OutputId sink) {
        return new OutputId(sink.pipegraph, sink.etl, output + "@" + sink.output);
    }

    /** Returns {@code pipegraph/etl/output}. */
    @Override
    public String toString() {
        return pipegraph + "/" + etl + "/" + output;
    }
}
