package io.millrace.kafka.internal.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Finds the fields that a record's schema has and that of the rows has not; Avro leaves them out when it reads the record. */
final class NewFields {

    private final List<String> found = new ArrayList<>();
    private final Set<String> open = new HashSet<>();

    private NewFields() {}

    /** Returns their paths, such as {@code address.zip}. */
    static List<String> of(Schema writer, Schema reader) {
        NewFields fields = new NewFields();
        fields.compare("", writer, reader);
        return fields.found;
    }

    private void compare(String path, Schema writer, Schema reader) {
        if (writer.isUnion()) {
            writer.getTypes().forEach(branch -> compare(path, branch, reader));
        } else if (reader.isUnion()) {
            reader.getTypes().stream()
                    .filter(branch -> branch.getType() == writer.getType())
                    .findFirst()
                    .ifPresent(branch -> compare(path, writer, branch));
        } else if (writer.getType() == reader.getType()) {
            switch (writer.getType()) {
                case RECORD -> records(path, writer, reader);
                case ARRAY -> compare(path, writer.getElementType(), reader.getElementType());
                case MAP -> compare(path, writer.getValueType(), reader.getValueType());
                default -> {}
            }
        }
    }

    private void records(String path, Schema writer, Schema reader) {
        if (!open.add(writer.getFullName())) {
            return; // it holds itself
        }
        for (Field field : writer.getFields()) {
            String at = path.isEmpty() ? field.name() : path + "." + field.name();
            reader.getFields().stream()
                    .filter(known ->
                            known.name().equals(field.name()) || known.aliases().contains(field.name()))
                    .findFirst()
                    .ifPresentOrElse(known -> compare(at, field.schema(), known.schema()), () -> found.add(at));
        }
        open.remove(writer.getFullName());
    }
}
