package io.millrace.internal.builtin;

import io.millrace.internal.spark.LocalPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders below a path whose names give columns values, such as {@code day=2024-01-03}. */
final class FilesSourceFolders {

    private static final int DEEPEST = 16;

    private FilesSourceFolders() {}

    /**
     * Returns the columns, the outermost first. The same folders lie everywhere, so one of each level is looked into.
     *
     * @return none where the path is not on this machine
     */
    static List<String> columns(String path) {
        List<String> columns = new ArrayList<>();
        Optional<Path> folder = LocalPlace.of(path);
        for (int depth = 0; depth < DEEPEST && folder.isPresent(); depth++) {
            folder = folder.flatMap(FilesSourceFolders::named);
            folder.map(FilesSourceFolders::name).ifPresent(name -> columns.add(name.substring(0, name.indexOf('='))));
        }
        return columns;
    }

    private static Optional<Path> named(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(each -> name(each).indexOf('=') > 0)
                    .filter(Files::isDirectory)
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty(); // a run says so
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
