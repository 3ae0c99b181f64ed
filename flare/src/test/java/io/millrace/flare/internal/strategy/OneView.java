package io.millrace.flare.internal.strategy;

import io.millrace.config.MillraceException;
import io.millrace.spi.Slice;
import io.millrace.spi.StrategyContext;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a strategy is given where there is one view, named {@code v}. */
record OneView(Dataset<Row> rows) implements StrategyContext {

    @Override
    public Dataset<Row> view(String name) {
        if (!name.equals("v")) {
            throw MillraceException.plugin("there is no view " + name, null);
        }
        return rows;
    }

    @Override
    public Map<String, Dataset<Row>> views() {
        return Map.of("v", rows);
    }

    @Override
    public SparkSession session() {
        return rows.sparkSession();
    }

    @Override
    public Slice slice() {
        return Slice.ALL;
    }

    @Override
    public void deadLetter(Dataset<Row> refused, String code, String reason) {
        throw new IllegalStateException("nothing here is refused");
    }
}
