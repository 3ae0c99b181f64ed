package io.millrace.kafka.internal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class AvroReadingTest {

    /** A stream makes readings for each of its tasks, for as long as it runs. */
    @Test
    void whatWasKeptForSchemasGoesWithTheReading() {
        WeakReference<Schema> schema = readOnce();

        System.gc();

        assertThat(schema.get()).isNull();
    }

    private static WeakReference<Schema> readOnce() {
        Schema schema = new Schema.Parser()
                .parse(
                        """
                { "type": "record", "name": "Order", "fields": [ { "name": "id", "type": "long" } ] }""");
        AvroReading reading = new AvroReading(schema, schema, new GenericData());
        assertThat(reading.read(new byte[] {2}, 0, null).isNullAt(1)).isTrue();
        return new WeakReference<>(schema);
    }
}
