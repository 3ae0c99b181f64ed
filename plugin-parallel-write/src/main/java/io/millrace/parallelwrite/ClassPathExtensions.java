package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.config.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The writers and formats on the class path: the only place of the product that looks for them. */
record ClassPathExtensions(List<EntityWriter> writers, List<ColdFormat> formats) {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "continuousUpdate", "io.millrace:millrace-plugin-continuous-update",
            "Iceberg", "io.millrace:millrace-plugin-iceberg");

    static ClassPathExtensions load(ClassLoader classes) {
        return new ClassPathExtensions(
                ServiceLoader.load(EntityWriter.class, classes).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList(),
                ServiceLoader.load(ColdFormat.class, classes).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    Optional<EntityWriter> writer(String type) {
        return writers.stream()
                .filter(writer -> writer.writerType().equals(type))
                .findFirst();
    }

    Optional<ColdFormat> format(EntityFormat name) {
        return formats.stream().filter(format -> format.format() == name).findFirst();
    }

    /** Returns the format of a table of the session's catalog. */
    Optional<ColdFormat> provider(String name) {
        return formats.stream()
                .filter(format -> format.provider().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Says that a writer is not on the class path, and where it is. */
    String missingWriter(String type) {
        List<String> known = writers.stream().map(EntityWriter::writerType).toList();
        return missing("writer type " + type, type, known);
    }

    /** Says that a format is not on the class path, and where it is. */
    String missingFormat(EntityFormat format) {
        List<String> known =
                formats.stream().map(installed -> installed.format().toString()).toList();
        return missing("format " + format, format.toString(), known);
    }

    private static String missing(String what, String name, List<String> known) {
        String artifact = ARTIFACTS.get(name);
        return what + " is not on the class path; "
                + (artifact == null ? Suggestion.among(name, known) : "add the dependency " + artifact);
    }
}
