package io.millrace.iceberg.internal.action;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version of a table, whose metadata lies in the table's folder, the one that the catalog shows. A table that the catalog does not know is
 * registered.
 *
 * @param version {@code latest}, a number, the name of a metadata file, or where it lies
 * @param location the table's folder; null for the one that the catalog says, or would choose
 */
record VersionChange(String version, @Nullable String location) implements TableWork {

    /** A newer file than the catalog's may belong to a commit that is under way, and vanish with it. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final int LISTED = 5;

    static Optional<VersionChange> decode(ActionOptions options) {
        String version = options.required("version", "value");
        Optional<String> location = options.text("location");
        return options.build(() -> new VersionChange(version, location.orElse(null)));
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Optional<Table> known = new IcebergTargetTable(target.model(), target.session()).find();
        TableFolder folder = known.map(table -> TableFolder.of(table, location))
                .orElseGet(() -> TableFolder.unknown(target, location));
        List<MetadataFile> versions =
                target.doing("cannot list the versions of", () -> MetadataFile.in(folder.metadata(), folder.files()));
        if (versions.isEmpty()) {
            throw MillraceException.user(
                    target.model().words() + (known.isPresent() ? "" : " is not in the catalog, and")
                            + " has no version in " + folder.metadata());
        }
        MetadataFile chosen = known.isPresent() && isLatest()
                ? settled(versions, known.get())
                : isLatest() ? versions.get(0) : named(versions, target, folder);
        String catalog = known.isPresent()
                ? target.doing("cannot change the version of", () -> published(target, known.get(), chosen))
                : registered(target, chosen);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("version", chosen.name());
        figures.put("catalog", catalog);
        if (!chosen.equals(versions.get(0)) && isLatest()) {
            figures.put(
                    "left alone",
                    versions.get(0).name()
                            + " is newer, but may be of a commit that is under way; it is taken when it is "
                            + SETTLED.toMinutes() + " minutes old, or where it is named");
        }
        return figures;
    }

    private boolean isLatest() {
        return version.equalsIgnoreCase("latest");
    }

    private static MetadataFile settled(List<MetadataFile> versions, Table table) {
        String current = operations(table).current().metadataFileLocation();
        long limit = Instant.now().minus(SETTLED).toEpochMilli();
        return versions.stream()
                .filter(file -> file.isMeantBy(current) || file.writtenMillis() < limit)
                .findFirst()
                .orElse(versions.get(versions.size() - 1));
    }

    private MetadataFile named(List<MetadataFile> versions, TableActionTarget target, TableFolder folder) {
        List<MetadataFile> meant =
                versions.stream().filter(file -> file.isMeantBy(version)).toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String what = target.model().words();
        throw MillraceException.user(
                meant.isEmpty()
                        ? what + " has no version " + version + " in " + folder.metadata() + "; the newest are "
                                + names(versions)
                        : what + " has several versions " + version + "; write the name of one: " + names(meant));
    }

    private static String names(List<MetadataFile> files) {
        return files.stream().limit(LISTED).map(MetadataFile::name).collect(Collectors.joining(", "));
    }

    private static String registered(TableActionTarget target, MetadataFile chosen) {
        target.doing("cannot register", () -> new IcebergTargetTable(target.model(), target.session())
                .register(chosen.location()));
        return "took the table up";
    }

    private static String published(TableActionTarget target, Table table, MetadataFile chosen) throws Exception {
        TableOperations operations = operations(table);
        TableMetadata current = operations.current();
        TableMetadata wanted = TableMetadataParser.read(table.io(), chosen.location());
        if (!wanted.uuid().equals(current.uuid())) {
            throw MillraceException.user(chosen.location() + " is a version of another table than "
                    + target.model().words()
                    + ", which lay in the same folder; drop the one that the catalog has first");
        }
        if (chosen.isMeantBy(current.metadataFileLocation())
                || TableMetadataParser.toJson(wanted).equals(TableMetadataParser.toJson(current))) {
            return "had it already";
        }
        try {
            new IcebergTargetTable(target.model(), target.session()).replace(chosen.location());
        } catch (UnsupportedOperationException onlyNewTables) {
            operations.commit(current, wanted);
        }
        return "shows it now";
    }

    private static TableOperations operations(Table table) {
        return ((HasTableOperations) table).operations();
    }
}
