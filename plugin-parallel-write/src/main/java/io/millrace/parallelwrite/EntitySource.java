package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.parallelwrite.internal.spark.RegisteredTable;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads the table of an entity. */
record EntitySource(CatalogCoordinates coordinates, TargetTables tables, DeclaredEntity declared)
        implements Source, DeclaresColumns {

    @Override
    public String description() {
        return "entity " + coordinates;
    }

    @Override
    public Optional<StructType> declaredColumns() {
        return declared.columns();
    }

    @Override
    public boolean mayHave(String column) {
        return declared.mayDiffer();
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return tables.rows(context.session(), coordinates);
    }

    /** Reads the table as it grows, too. Whether its format can do that, the table shows when it is opened. */
    record Streaming(EntitySource whole) implements StreamingSource, DeclaresColumns {

        @Override
        public String description() {
            return whole.description();
        }

        @Override
        public Optional<StructType> declaredColumns() {
            return whole.declaredColumns();
        }

        @Override
        public boolean mayHave(String column) {
            return whole.mayHave(column);
        }

        @Override
        public Dataset<Row> read(ReadContext context) {
            return whole.read(context);
        }

        @Override
        public boolean streamsByDefault() {
            return false;
        }

        @Override
        public Dataset<Row> readStream(ReadContext context) {
            RegisteredTable table = whole.tables().table(context.session(), whole.coordinates());
            return context.session().readStream().table(table.name().sql());
        }
    }
}
