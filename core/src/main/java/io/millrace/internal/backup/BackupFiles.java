package io.millrace.internal.backup;

import io.millrace.config.MillraceException;
import io.millrace.internal.backup.FileNamePattern.Parsed;
import io.millrace.internal.spark.Sessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The files of some days in a backup. Only names of these days are listed. */
final class BackupFiles {

    private final BackupModel model;
    private final Configuration storage;
    private final Function<String, Optional<Parsed>> parser;

    BackupFiles(SparkSession session, BackupModel model) {
        this.model = model;
        this.parser = model.pattern().parser();
        this.storage = Sessions.storage(session);
        model.storage().forEach(storage::set);
    }

    /**
     * A file.
     *
     * @param name below the path, with the prefix
     * @param partition of the topic; empty where the name does not tell, as other tools write it
     */
    record BackupFile(String name, String path, LocalDate date, Optional<Integer> partition, long bytes) {}

    /**
     * Lists the files of some days, each once, by day and name.
     *
     * @throws MillraceException of kind USER where the path is not there or may not be read, EXTERNAL where the storage fails
     */
    List<BackupFile> of(List<LocalDate> dates) {
        Path base = new Path(model.path());
        try {
            FileSystem files = base.getFileSystem(storage);
            if (!files.exists(base)) {
                throw MillraceException.user(model.path() + " does not exist");
            }
            Map<String, BackupFile> found = new TreeMap<>();
            String root = files.makeQualified(base).toUri().getPath();
            for (LocalDate date : dates) {
                for (String glob : model.pattern().globs(date)) {
                    for (FileStatus status : list(files, new Path(base, model.prefix() + glob))) {
                        String name = status.getPath()
                                .toUri()
                                .getPath()
                                .substring(root.length())
                                .replaceFirst("^/", "");
                        file(name, status, date).ifPresent(file -> found.put(date + "/" + name, file));
                    }
                }
            }
            return List.copyOf(found.values());
        } catch (IOException failed) {
            throw MillraceException.external(model.path() + " cannot be listed: " + failed.getMessage(), failed);
        }
    }

    private static List<FileStatus> list(FileSystem files, Path glob) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        try {
            FileStatus[] all = files.globStatus(
                    glob,
                    path -> !path.getName().startsWith(".") && !path.getName().startsWith("_"));
            for (FileStatus status : all == null ? new FileStatus[0] : all) {
                if (status.isFile()) {
                    found.add(status);
                }
            }
        } catch (FileNotFoundException none) {
            return List.of();
        }
        return found;
    }

    private Optional<BackupFile> file(String name, FileStatus status, LocalDate date) {
        String ours = name.substring(model.prefix().length());
        if (!model.excludePrefix().isEmpty() && ours.startsWith(model.excludePrefix())) {
            return Optional.empty();
        }
        Optional<Parsed> parsed = parser.apply(ours);
        if (parsed.isPresent() && !parsed.get().date().equals(date)) {
            return Optional.empty();
        }
        return Optional.of(new BackupFile(
                name, status.getPath().toString(), date, parsed.flatMap(Parsed::partition), status.getLen()));
    }
}
