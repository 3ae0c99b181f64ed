package io.millrace.internal.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Small files of JSON, each written whole or not at all. */
record CommitLogFiles(FileSystem files) {

    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path path, Object content) throws IOException {
        WholeFile.create(files, path, JSON.writeValueAsBytes(content));
    }

    void replace(Path path, Object content) throws IOException {
        WholeFile.replace(files, path, JSON.writeValueAsBytes(content));
    }

    /** A file cut short by a crash was never acted on: what cannot be parsed is not there. */
    <T> Optional<T> read(Path path, Class<T> type) throws IOException {
        try (InputStream in = files.open(path)) {
            return Optional.of(JSON.readValue(in.readAllBytes(), type));
        } catch (FileNotFoundException | JsonProcessingException absent) {
            return Optional.empty();
        }
    }

    /** Returns what a folder holds; nothing where it is not there. */
    List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(folder)) {
                names.add(file.getPath().getName());
            }
        } catch (FileNotFoundException nothingThere) {
            return List.of();
        }
        return names;
    }
}
