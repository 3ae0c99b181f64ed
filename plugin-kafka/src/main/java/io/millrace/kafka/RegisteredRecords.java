package io.millrace.kafka;

import io.millrace.kafka.registry.RegisteredSchema;
import io.millrace.kafka.registry.SchemaRegistry;
import io.millrace.kafka.spark.RegisteredAvroValue;
import io.millrace.spi.Lookup;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Records whose value names the schema it was written with, by its id in a registry. The schemas are looked up on the driver; each record is read
 * with the one it was written with, as a record of the reader's schema.
 *
 * @param reader chooses the schema of the records that come out
 */
record RegisteredRecords(SchemaRegistry registry, ReaderSchema reader, NullValue nullValue)
        implements RecordDecoder, Lookup {

    @Override
    public String description() {
        return "registered avro (" + reader + " at " + registry + ")";
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of(this);
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        return decode(records, findFor(find(null), records));
    }

    @Override
    public String find(@Nullable String before) {
        WriterSchemas writers = WriterSchemas.of(registry, before);
        RegisteredSchema found = reader.find(registry);
        boolean changed = before == null || (!reader.isWritten() && !writers.knows(found.id()));
        reader.subject().filter(subject -> changed).ifPresent(writers::addVersions);
        writers.askAgain();
        return writers.findings(found);
    }

    @Override
    public String findFor(String found, Dataset<Row> raw) {
        WriterSchemas writers = WriterSchemas.of(registry, found);
        writers.add(SchemaIds.in(raw));
        return writers.findings(WriterSchemas.reader(found));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw, String found) {
        Schema schema = reader.columns(WriterSchemas.reader(found));
        var writers = WriterSchemas.of(registry, found).writers(schema);
        return AvroRecords.columns(raw, RegisteredAvroValue.decoded(Records.VALUE, schema, writers), schema, nullValue);
    }
}
