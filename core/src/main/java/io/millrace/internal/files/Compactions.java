package io.millrace.internal.files;

import io.millrace.internal.files.CompactionPlan.Move;
import io.millrace.internal.files.CompactionPlan.Swap;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The compactions of a folder that are not through.
 *
 * <p>Each has a claim from its beginning. It is decided by renaming the claim, when what it is about to do is written down; whoever deletes the
 * claim before has stopped it. From then on anybody may bring it to its end, several at a time too: a file that is moved already is not moved
 * again, and nothing is deleted whose replacement is not there.
 */
final class Compactions {

    private static final String CLAIM = ".claim";
    private static final String PLAN = ".plan.json";
    private static final String DECIDED = ".decided";
    private static final String STAGED = "compaction-";

    private final FileSystem files;
    private final Path location;
    private final Folder folder;
    private final CommitLogFiles log;
    private final CompactionStage.Listener listener;

    Compactions(FileSystem files, Path location, CompactionStage.Listener listener) {
        this.files = files;
        this.location = location;
        this.folder = new Folder(files, location);
        this.log = new CommitLogFiles(files);
        this.listener = listener;
    }

    /** Brings those to their end that are decided. */
    void complete() throws IOException {
        for (String id : ids(DECIDED)) {
            complete(id);
        }
    }

    /** Brings those to their end that are decided, and stops the others. */
    void settle() throws IOException {
        for (String id : ids(CLAIM)) {
            // One that is renamed just now is found below.
            files.delete(path(id, CLAIM), false);
        }
        complete();
    }

    /** Returns whether there is one. */
    boolean any() throws IOException {
        return !ids(CLAIM).isEmpty() || !ids(DECIDED).isEmpty();
    }

    /** Removes what those left that were stopped, or died before they were decided. */
    void tidy() throws IOException {
        List<String> staged = log.names(staging()).stream()
                .filter(name -> name.startsWith(STAGED))
                .map(name -> name.substring(STAGED.length()))
                .toList();
        settle();
        for (String id : staged) {
            // Its claim was made before: without it, and undecided, it stays so.
            files.delete(path(id, CLAIM), false);
            if (files.exists(path(id, DECIDED))) {
                complete(id);
            } else {
                drop(id);
            }
        }
    }

    void claim(String id) throws IOException {
        log.write(path(id, CLAIM), Map.of("compaction", id));
    }

    void plan(String id, CompactionPlan plan) throws IOException {
        log.write(path(id, PLAN), plan);
    }

    /** Makes it irrevocable; returns false where somebody has stopped it. */
    boolean decide(String id) throws IOException {
        Path claim = path(id, CLAIM);
        try {
            return files.exists(claim) && files.rename(claim, path(id, DECIDED));
        } catch (FileNotFoundException stopped) {
            return false;
        }
    }

    boolean decided(String id) throws IOException {
        return files.exists(path(id, DECIDED));
    }

    /** Removes one that is not decided. */
    void drop(String id) throws IOException {
        files.delete(path(id, CLAIM), false);
        files.delete(path(id, PLAN), false);
        files.delete(staging(id), true);
    }

    void complete(String id) throws IOException {
        CompactionPlan plan = log.read(path(id, PLAN), CompactionPlan.class).orElse(new CompactionPlan(List.of()));
        Folder.each(plan.swaps(), swap -> swap(id, swap));
        listener.reached(CompactionStage.SWAPPED);
        files.delete(staging(id), true);
        files.delete(path(id, PLAN), false);
        files.delete(path(id, DECIDED), false);
    }

    Path staging(String id) {
        return new Path(staging(), STAGED + id);
    }

    private void swap(String id, Swap swap) throws IOException {
        boolean there = true;
        for (Move move : swap.moves()) {
            there &= moved(new Path(staging(id), move.from()), folder.path(move.to()));
        }
        listener.reached(CompactionStage.MOVED);
        if (there) {
            folder.delete(swap.replaces());
        }
    }

    /** Moves a file, unless somebody has; returns whether it is there. */
    private boolean moved(Path from, Path to) throws IOException {
        if (files.exists(from)) {
            files.mkdirs(to.getParent());
            try {
                if (files.rename(from, to)) {
                    return true;
                }
            } catch (FileNotFoundException somebodyWas) {
                // faster; seen below
            }
            if (files.exists(from)) {
                throw new IOException("cannot move a file to " + to);
            }
        }
        return files.exists(to);
    }

    private List<String> ids(String kind) throws IOException {
        return log.names(new Path(location, CommitLog.FOLDER + "/compactions")).stream()
                .filter(name -> name.endsWith(kind) && !name.startsWith("."))
                .map(name -> name.substring(0, name.length() - kind.length()))
                .toList();
    }

    private Path path(String id, String kind) {
        return new Path(location, CommitLog.FOLDER + "/compactions/" + id + kind);
    }

    private Path staging() {
        return new Path(location, CommitLog.FOLDER + "/staging");
    }
}
