package io.millrace.iceberg.internal.action;

import io.millrace.config.Causes;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * A version of a table, in a file.
 *
 * @param number what its name begins with; a table's later versions have higher ones
 * @param writtenMillis since 1970
 */
public record MetadataFile(String location, long number, long writtenMillis) {

    /** {@code v3.metadata.json} without a catalog, {@code 00003-….metadata.json} with one; either may be compressed. */
    private static final Pattern NAME = Pattern.compile(".*/v?(\\d{1,18})(-[^/]*)?(\\.gz)?\\.metadata\\.json(\\.gz)?");

    /** Lists those in a folder, the newest first; none where there is no such folder. */
    public static List<MetadataFile> in(String folder, SupportsPrefixOperations files) {
        List<MetadataFile> found = new ArrayList<>();
        try {
            files.listPrefix(folder).forEach(file -> read(file).ifPresent(found::add));
        } catch (UncheckedIOException failed) {
            if (Causes.first(failed, FileNotFoundException.class).isPresent()) {
                return List.of();
            }
            throw failed;
        }
        found.sort(Comparator.comparingLong(MetadataFile::number)
                .thenComparingLong(MetadataFile::writtenMillis)
                .reversed());
        return found;
    }

    private static Optional<MetadataFile> read(FileInfo file) {
        Matcher name = NAME.matcher(file.location());
        return name.matches()
                ? Optional.of(new MetadataFile(file.location(), Long.parseLong(name.group(1)), file.createdAtMillis()))
                : Optional.empty();
    }

    String name() {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Returns whether somebody who names a version means this one: by its number, its file's name, or where that lies. */
    boolean isMeantBy(String version) {
        Optional<Long> wanted = Optional.of(version.replaceFirst("^[vV]", ""))
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::parseLong);
        return wanted.map(value -> value == number)
                .orElseGet(() -> version.equals(name()) || plain(version).equals(plain(location)));
    }

    private static String plain(String location) {
        return location.replaceFirst("^file:/+", "/");
    }
}
