package io.millrace.kafka.internal.registry;

import io.millrace.config.MillraceException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema as the registry has it. It never changes.
 *
 * @param id by which records name it
 * @param type {@code AVRO}, {@code JSON}, {@code PROTOBUF}
 * @param text the schema
 * @param references texts of the schemas whose names it uses, each before those that use it
 */
public record RegisteredSchema(int id, String type, String text, List<String> references) {

    /** Copies the list. */
    public RegisteredSchema {
        references = List.copyOf(references);
    }

    /**
     * Parses it.
     *
     * @throws MillraceException of kind USER where it is not an Avro schema
     */
    public Schema avro() {
        if (!type.equals("AVRO")) {
            throw MillraceException.user("schema " + id + " is of type " + type + ", not AVRO");
        }
        try {
            Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
            references.forEach(parser::parse);
            return parser.parse(text);
        } catch (AvroRuntimeException wrong) {
            throw MillraceException.user("schema " + id + " is not an Avro schema: " + wrong.getMessage(), wrong);
        }
    }
}
