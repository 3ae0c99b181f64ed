package io.millrace.kafka.internal.decode;

import io.millrace.kafka.internal.registry.RegisteredSchema;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import io.millrace.kafka.internal.schema.ReaderSchema;
import io.millrace.kafka.internal.schema.WriterSchemas;
import io.millrace.kafka.internal.spark.RegisteredAvroValue;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.Lookup;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the schemas of records. Where new fields are not to be taken up, a stream keeps the rows' schema it began with; one that is pinned is the
 * configuration's in any case. Of one run; used by one thread.
 */
final class RegisteredLookup implements Lookup {

    private final RegisteredRecords records;
    private final Policy newFields;
    private @Nullable SchemaRegistry registry;

    /** @param newFields what becomes of records with fields that the rows lack */
    RegisteredLookup(RegisteredRecords records, Policy newFields) {
        this.records = records;
        this.newFields = newFields;
    }

    @Override
    public String find(@Nullable String before) {
        ReaderSchema reader = records.reader();
        WriterSchemas writers = WriterSchemas.of(registry(), before);
        RegisteredSchema found = before == null || newFields == Policy.EVOLVE || !reader.isNewest()
                ? reader.find(registry())
                : WriterSchemas.reader(before);
        boolean changed = before == null || (!reader.isWritten() && !writers.knows(found.id()));
        if (changed || !writers.agreed(newFields, found)) {
            List<RegisteredSchema> versions =
                    reader.subject().map(registry()::versions).orElse(List.of());
            writers.addVersions(versions);
            writers.agree(newFields, found, versions);
        }
        writers.askAgain();
        return writers.lookedUp(found);
    }

    @Override
    public String findFor(String found, Dataset<Row> raw) {
        RegisteredSchema reader = WriterSchemas.reader(found);
        WriterSchemas writers = WriterSchemas.of(registry(), found);
        Set<Integer> ids = SchemaIds.in(raw);
        writers.add(ids);
        writers.requireAgreed(ids, records.reader().columns(reader));
        return writers.lookedUp(reader);
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw, String found) {
        Schema schema = records.reader().columns(WriterSchemas.reader(found));
        var writers = WriterSchemas.of(registry(), found).writers(schema);
        return AvroRecords.columns(
                raw, RegisteredAvroValue.decoded(Records.VALUE, schema, writers), schema, records.nullValue());
    }

    private SchemaRegistry registry() {
        if (registry == null) {
            registry = new SchemaRegistry(records.registry());
        }
        return registry;
    }
}
