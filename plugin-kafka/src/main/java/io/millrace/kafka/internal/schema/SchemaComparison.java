package io.millrace.kafka.internal.schema;

import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.registry.RegisteredSchema;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import io.millrace.kafka.internal.spark.RegisteredAvroValue.Refused;
import io.millrace.kafka.internal.spark.RegisteredAvroValue.Understood;
import io.millrace.kafka.internal.spark.RegisteredAvroValue.Writer;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.DeadLetterStage;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * Compares the schemas of records with that of the rows.
 *
 * @param contract says whether new fields are left out or kept from the rows
 * @param reader the schema of the rows
 */
record SchemaComparison(SchemaRegistry registry, RecordContract contract, Schema reader) {

    /** Returns how records of a schema are read, or why not. */
    Writer writer(int id) {
        RegisteredSchema schema = registry.byId(id)
                .orElseThrow(() -> MillraceException.external(
                        "the schema registry at " + registry + " no longer has schema " + id
                                + ", with which records were written; give it back its schemas, or set url to the one that has them",
                        null));
        try {
            return writer(id, schema.avro());
        } catch (MillraceException noAvro) {
            return incompatible(String.valueOf(noAvro.getMessage()));
        }
    }

    /** Returns whether records of a schema are to stop the batch, rather than go to the dead letters. */
    boolean stops(int id) {
        return contract.policy() == Policy.FREEZE && contract.judges(id) && writer(id) instanceof Refused;
    }

    private Writer writer(int id, Schema writer) {
        String records = "records of schema " + id + ", " + writer.getFullName() + ", ";
        SchemaPairCompatibility compared = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (compared.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return incompatible(records + "cannot be read as " + reader.getFullName() + ": " + differences(compared));
        }
        List<String> fields = contract.judges(id) ? NewFields.of(writer, reader) : List.of();
        return fields.isEmpty()
                ? new Understood(writer.toString())
                : new Refused(
                        DeadLetterStage.SCHEMA,
                        "CONTRACT_NOT_MET",
                        records + "have fields that the rows have no columns for: " + String.join(", ", fields));
    }

    private static Refused incompatible(String reason) {
        return new Refused(DeadLetterStage.SCHEMA, "INCOMPATIBLE_SCHEMA", reason);
    }

    private static String differences(SchemaPairCompatibility compared) {
        return String.join(
                "; ",
                compared.getResult().getIncompatibilities().stream()
                        .map(each ->
                                each.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at "
                                        + each.getLocation() + " (" + each.getMessage() + ")")
                        .toList());
    }
}
