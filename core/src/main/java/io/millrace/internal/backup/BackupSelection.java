package io.millrace.internal.backup;

import static org.apache.spark.sql.functions.lit;

import io.millrace.config.MillraceException;
import io.millrace.internal.backup.BackupFiles.BackupFile;
import io.millrace.spi.ListsFiles.InputFile;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Which files of a backup a run reads.
 *
 * @param files those
 * @param any one of the same days, of which the reader finds out how it reads; those of a partition may be none
 */
record BackupSelection(List<BackupFile> files, BackupFile any) {

    static final Set<Slice.Part> PARTS = EnumSet.of(Slice.Part.DATE, Slice.Part.PARTITIONS);
    static final String NO_STREAM = "a backup is read day by day, by runs for a date; a stream reads the topic";

    private static final int MOST_NAMED = 20;

    /**
     * Chooses the files of a run.
     *
     * @throws MillraceException of kind USER where there are none of these days, or no days are said
     */
    static BackupSelection of(BackupModel model, ReadContext context) {
        List<LocalDate> dates = model.dates(context.slice());
        List<BackupFile> all = new BackupFiles(context.session(), model).of(dates);
        if (all.isEmpty()) {
            throw MillraceException.user("the " + model.words() + ", has no files of " + days(dates));
        }
        List<Integer> partitions = model.partitions(context.slice());
        if (partitions.isEmpty()) {
            return new BackupSelection(all, all.get(0));
        }
        List<BackupFile> chosen = all.stream()
                .filter(file -> file.partition().filter(partitions::contains).isPresent())
                .toList();
        return new BackupSelection(chosen, all.get(0));
    }

    /** Returns what a run for a slice does not read that is there, and what is not there that it is asked for. */
    static List<String> warnings(BackupModel model, SparkSession session, Slice slice) {
        List<LocalDate> dates = model.dates(slice);
        List<Integer> asked = model.partitions(slice);
        List<BackupFile> all = new BackupFiles(session, model).of(dates);
        List<String> warnings = new ArrayList<>();
        Set<LocalDate> found = all.stream().map(BackupFile::date).collect(Collectors.toSet());
        List<LocalDate> missing =
                dates.stream().filter(date -> !found.contains(date)).toList();
        if (!missing.isEmpty()) {
            warnings.add("the " + model.words() + ", has no files of " + days(missing));
        }
        if (asked.isEmpty() || all.isEmpty()) {
            return warnings;
        }
        List<String> unknown = all.stream()
                .filter(file -> file.partition().isEmpty())
                .map(BackupFile::name)
                .toList();
        if (!unknown.isEmpty()) {
            warnings.add("the " + model.words()
                    + ": no run by partition reads these files, whose names do not say of which partition they are: "
                    + String.join(", ", unknown.subList(0, Math.min(MOST_NAMED, unknown.size())))
                    + (unknown.size() > MOST_NAMED ? ", and " + (unknown.size() - MOST_NAMED) + " more" : ""));
        }
        Set<Integer> there =
                all.stream().flatMap(file -> file.partition().stream()).collect(Collectors.toSet());
        List<Integer> absent =
                asked.stream().filter(partition -> !there.contains(partition)).toList();
        if (!absent.isEmpty()) {
            warnings.add("the " + model.words() + ", has no files of " + days(dates) + " of these partitions: "
                    + absent.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return warnings;
    }

    private static String days(List<LocalDate> dates) {
        return dates.size() <= 3
                ? dates.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
                : dates.get(0) + " to " + dates.get(dates.size() - 1);
    }

    /** Returns the partitions of which there are files. */
    static List<Integer> partitions(BackupModel model, SparkSession session, Slice slice) {
        List<LocalDate> dates = model.dates(slice);
        List<BackupFile> all = new BackupFiles(session, model).of(dates);
        if (all.isEmpty()) {
            throw MillraceException.user("the " + model.words() + ", has no files of " + days(dates));
        }
        return all.stream()
                .flatMap(file -> file.partition().stream())
                .filter(partition ->
                        model.partitions().isEmpty() || model.partitions().contains(partition))
                .distinct()
                .sorted()
                .toList();
    }

    List<InputFile> inputFiles() {
        return files.stream()
                .map(file -> new InputFile(file.path(), file.bytes()))
                .toList();
    }

    Dataset<Row> read(DataFrameReader reader) {
        return files.isEmpty()
                ? reader.load(any.path()).filter(lit(false))
                : reader.load(files.stream().map(BackupFile::path).toArray(String[]::new));
    }
}
