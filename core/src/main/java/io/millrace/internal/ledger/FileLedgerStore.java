package io.millrace.internal.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in small files of a state folder: each version is a file of its own, which is created by one process only, and takes the place of the
 * one before it. The folder must list what was written, as local disks, HDFS and the object stores of today do, and a rename must not overwrite: on
 * object stores where it does, let one process at a time use a pipegraph's state.
 */
final class FileLedgerStore {

    private static final String RUNS = "runs";
    private static final int MOST_LOOKS = 100;

    private final StateFolder state;
    private final String what;
    private final String owner;
    private final Path folder;
    private final String name;
    private final String wholeName;
    private final Pattern versions;
    private final OwnerLifeSigns beats;
    private @Nullable EarlierStateFiles earlier;

    /**
     * The ledger of a pipegraph or a workflow.
     *
     * @param what whose it is, such as {@code pipegraph}
     * @param name its name
     */
    FileLedgerStore(StateFolder state, String what, String name) {
        this.state = state;
        this.what = what;
        this.wholeName = name;
        this.owner = what + " " + name;
        this.folder = state.path(RUNS);
        this.name = StateFolder.plain(name);
        this.versions = Pattern.compile(Pattern.quote(this.name) + "\\.(\\d{8,18})\\.json");
        this.beats = new OwnerLifeSigns(state, folder, this.name);
    }

    /** Returns what is noted now. Every failure is of kind EXTERNAL. */
    LedgerVersion read() {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            long newest = newest(state.names(folder));
            if (newest == 0) {
                return earlier().version();
            }
            Optional<ObjectNode> content = state.read(file(newest));
            if (content.isPresent()) {
                return new LedgerDocument(file(newest)).read(content.get(), owner, newest);
            } // else another process has written the next one, and deleted this one
        }
        throw MillraceException.external(
                "the ledger of " + owner + " in " + folder + " changes too fast to be read", null);
    }

    /**
     * Writes a version, whole or not at all; returns false, with nothing written, where another process or thread has written a version since.
     *
     * <p>A version that is created late, when others have gone on without it, counts for nothing, though its file could be created: theirs was deleted by
     * those after it. While the version that it goes on from is there, nobody has: older ones are deleted first. Where that one is gone, others have gone
     * on from this version, and then it counts, or without it.
     *
     * @param next made from the version that was read; its number is the next one
     */
    boolean write(LedgerVersion next) {
        Path file = file(next.number());
        if (!state.create(file, LedgerDocument.of(next, owner))) {
            return false;
        }
        List<String> names = state.names(folder);
        boolean first = next.number() == 1 ? newest(names) == 1 : state.exists(file(next.number() - 1));
        if (!first && !read().contains(next)) {
            state.delete(file);
            return false;
        }
        if (next.number() == 1) {
            putAside(earlier().files());
        }
        names.stream()
                .filter(each -> number(each) > 0 && number(each) < next.number())
                .sorted(Comparator.comparingLong(this::number))
                .forEach(each -> state.delete(new Path(folder, each)));
        return true;
    }

    private synchronized EarlierStateFiles earlier() {
        EarlierStateFiles found = earlier;
        if (found == null) {
            found = EarlierStateFiles.read(state, what, wholeName);
            earlier = found;
        }
        return found;
    }

    /** What was taken over stays for people to look at, where it does not make the folder of the ledgers long. */
    private void putAside(List<Path> files) {
        for (Path file : files) {
            state.move(file, new Path(new Path(folder, "earlier"), file.getName()));
        }
    }

    /** Returns where the owners of claims note that they live. */
    OwnerLifeSigns beats() {
        return beats;
    }

    private long newest(List<String> names) {
        return names.stream().mapToLong(this::number).max().orElse(0);
    }

    private long number(String file) {
        Matcher version = versions.matcher(file);
        return version.matches() ? Long.parseLong(version.group(1)) : 0;
    }

    private Path file(long number) {
        return new Path(folder, String.format(Locale.ROOT, "%s.%08d.json", name, number));
    }
}
