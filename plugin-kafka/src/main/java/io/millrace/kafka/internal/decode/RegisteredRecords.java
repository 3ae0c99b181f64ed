package io.millrace.kafka.internal.decode;

import io.millrace.kafka.internal.registry.RegistrySettings;
import io.millrace.kafka.internal.schema.ReaderSchema;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.Lookup;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records whose value names the schema it was written with, by its id in a registry. The schemas are looked up on the driver; each record is read
 * with the one it was written with, as a record of the reader's schema.
 *
 * @param reader chooses the schema of the records that come out
 */
record RegisteredRecords(RegistrySettings registry, ReaderSchema reader, NullValue nullValue) implements RecordDecoder {

    @Override
    public String description() {
        return "registered avro (" + reader + " at " + registry + ")";
    }

    @Override
    public Optional<Lookup> lookup(Policy newFields) {
        return Optional.of(new RegisteredLookup(this, newFields));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> records) {
        Lookup lookup = new RegisteredLookup(this, Policy.EVOLVE);
        return lookup.decode(records, lookup.findFor(lookup.find(null), records));
    }
}
