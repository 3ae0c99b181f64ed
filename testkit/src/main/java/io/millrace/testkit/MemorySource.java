package io.millrace.testkit;

import io.millrace.spi.ReadContext;
import io.millrace.spi.StreamingSource;
import io.millrace.testkit.spark.RowStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

record MemorySource(String name, MemoryTable table) implements StreamingSource {

    @Override
    public String description() {
        return "memory " + name;
    }

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return context.session().createDataFrame(table.rows(), table.columns());
    }

    /** The batches that are there when the stream starts, always in the same order: a checkpoint says how many of them are done. */
    @Override
    public Dataset<Row> readStream(ReadContext context) {
        return RowStream.of(context.session(), table.columns(), table.batches());
    }
}
