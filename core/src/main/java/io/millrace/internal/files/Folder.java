package io.millrace.internal.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder of data files, addressed by paths relative to it. */
final class Folder {

    private static final int THREADS = 16;
    private static final int FEW = 8;

    /** Something done to one file. */
    interface Action<T> {
        void on(T file) throws IOException;
    }

    private final FileSystem files;
    private final Path root;

    Folder(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    Path path(String relative) {
        return new Path(root, relative);
    }

    /** Returns the data files, at any depth and sorted: what readers see. */
    List<WrittenFile> dataFiles() throws IOException {
        List<WrittenFile> found = new ArrayList<>();
        collect(root, "", found, Integer.MAX_VALUE);
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }

    boolean hasDataFiles() throws IOException {
        List<WrittenFile> found = new ArrayList<>();
        collect(root, "", found, 1);
        return !found.isEmpty();
    }

    /** Deletes files, those that are gone already too, and the partition folders that are empty then. */
    void delete(List<String> relative) throws IOException {
        each(relative, file -> files.delete(path(file), false));
        TreeSet<String> folders = new TreeSet<>();
        for (String file : relative) {
            for (int end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
                folders.add(file.substring(0, end));
            }
        }
        for (String folder : folders.descendingSet()) {
            if (isEmpty(path(folder))) {
                files.delete(path(folder), false);
            }
        }
    }

    /** Does something to each file; several at a time where they are many: storage in the network answers slowly, but many at once. */
    static <T> void each(List<T> all, Action<T> action) throws IOException {
        if (all.size() <= FEW) {
            for (T one : all) {
                action.on(one);
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, all.size()));
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (T one : all) {
                running.add(pool.submit(() -> {
                    action.on(one);
                    return null;
                }));
            }
            await(running);
        } finally {
            // Waits: an action must not go on after the failure of another one was reported.
            pool.shutdown();
            awaitEnd(pool);
        }
    }

    private static void await(List<Future<Void>> running) throws IOException {
        for (Future<Void> one : running) {
            try {
                one.get();
            } catch (ExecutionException failed) {
                running.forEach(other -> other.cancel(false));
                if (failed.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new IOException(failed.getCause());
            } catch (InterruptedException interrupted) {
                running.forEach(other -> other.cancel(false));
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect(Path folder, String prefix, List<WrittenFile> found, int limit) throws IOException {
        List<FileStatus> folders = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> content = files.listStatusIterator(folder);
            while (content.hasNext() && found.size() < limit) {
                FileStatus entry = content.next();
                String name = entry.getPath().getName();
                if (!hidden(name)) {
                    if (entry.isDirectory()) {
                        folders.add(entry);
                    } else {
                        found.add(new WrittenFile(prefix + name, entry.getLen()));
                    }
                }
            }
        } catch (FileNotFoundException gone) {
            return;
        }
        for (FileStatus entry : folders) {
            if (found.size() < limit) {
                collect(entry.getPath(), prefix + entry.getPath().getName() + "/", found, limit);
            }
        }
    }

    private boolean isEmpty(Path folder) throws IOException {
        try {
            return files.listStatus(folder).length == 0;
        } catch (FileNotFoundException gone) {
            return false;
        }
    }

    /** As Spark's readers see it. */
    private static boolean hidden(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("=")) || name.endsWith("._COPYING_");
    }
}
