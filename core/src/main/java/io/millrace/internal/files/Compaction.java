package io.millrace.internal.files;

import io.millrace.config.MillraceException;
import io.millrace.internal.files.CompactionPlan.Move;
import io.millrace.internal.files.CompactionPlan.Swap;
import io.millrace.internal.spark.rows.ParquetRows;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One compaction of a folder: claim, write what is to come, say what will be done, decide, do it. */
final class Compaction {

    private final FileTarget target;
    private final FileSystem files;
    private final CompactionStage.Listener listener;
    private final Folder folder;
    private final CommitLog log;
    private final Compactions compactions;
    private final String id;
    private final AtomicInteger created = new AtomicInteger();
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    Compaction(FileTarget target, FileSystem files, CompactionStage.Listener listener) {
        Path location = new Path(target.location());
        this.target = target;
        this.files = files;
        this.listener = listener;
        this.folder = new Folder(files, location);
        this.log = new CommitLog(files, location);
        this.compactions = new Compactions(files, location, listener);
        this.id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    CompactionResult run(SparkSession session, CompactionRequest request) {
        try {
            compactions.tidy();
            refuseOverwrites();
            compactions.claim(id);
            listener.reached(CompactionStage.CLAIMED);
            List<WrittenFile> present = folder.dataFiles();
            CompactionPlan plan = new CompactionPlan(swaps(session, bins(session, request, present)));
            if (plan.swaps().isEmpty()) {
                compactions.drop(id);
                return new CompactionResult(List.of(), sortedNotes());
            }
            listener.reached(CompactionStage.STAGED);
            compactions.plan(id, plan);
            listener.reached(CompactionStage.PLANNED);
            decide(plan);
            listener.reached(CompactionStage.DECIDED);
            compactions.complete(id);
            return CompactionFigures.of(target.location(), present, plan, sortedNotes());
        } catch (Exception failed) {
            throw undone(SparkErrors.of("cannot compact " + target, failed));
        }
    }

    /** What an overwrite is about to delete must not come back. */
    private void refuseOverwrites() throws IOException {
        Optional<String> intent = log.replacing();
        if (intent.isPresent()) {
            throw MillraceException.user("cannot compact " + target
                    + ": a batch that replaces its files has begun and is not through (" + intent.get()
                    + "); let it come to its end, or run it again");
        }
    }

    private List<Bin> bins(SparkSession session, CompactionRequest request, List<WrittenFile> present)
            throws IOException {
        CommittedBatches committed = log.committed(); // after the files were listed
        List<WrittenFile> wanted =
                new PartitionFilter("cannot compact " + target, session, target).of(request.where(), present);
        List<WrittenFile> ours =
                wanted.stream().filter(file -> committed.hold(file.path())).toList();
        int others = wanted.size() - ours.size();
        if (others > 0) {
            notes.add(others + (others == 1 ? " file is left as it is" : " files are left as they are")
                    + ": no batch that is committed has written them");
        }
        return Bin.of(ours, request.targetFileSize(target.targetFileSize()));
    }

    private List<Swap> swaps(SparkSession session, List<Bin> bins) throws IOException {
        List<Swap> swaps = Collections.synchronizedList(new ArrayList<>());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            numbers.add(i);
        }
        Folder.each(numbers, i -> {
            List<Move> moves = stage(session, bins.get(i), Integer.toString(i));
            if (!moves.isEmpty()) {
                swaps.add(new Swap(moves, bins.get(i).paths()));
            }
        });
        return swaps;
    }

    /** Writes the rows of a bin; nothing where they do not fit together. */
    private List<Move> stage(SparkSession session, Bin bin, String name) throws IOException {
        Staging staging = new Staging(files, new Path(compactions.staging(id), name));
        List<Path> paths = bin.paths().stream().map(folder::path).toList();
        Dataset<Row> rows;
        try {
            rows = ParquetRows.of(session, paths.stream().map(Path::toString).toList(), target.storage());
        } catch (Exception failed) {
            String types = ParquetRows.differingTypes(failed)
                    .orElseThrow(() -> SparkErrors.of("cannot compact " + target, failed));
            notes.add((bin.folder().isEmpty() ? "" : bin.folder() + ": ")
                    + bin.files().size()
                    + " files are left as they are: columns of one name have types that do not go together: " + types);
            return List.of();
        }
        long expected = ParquetRows.count(paths, files.getConf());
        long written = staging.write(
                rows.coalesce(1),
                FileTarget.append(target.location(), target.format())
                        .options(target.options())
                        .storage(target.storage()));
        if (written != expected) {
            throw MillraceException.internal(
                    "cannot compact " + target + ": of " + expected + " rows " + written + " were written", null);
        }
        List<Move> moves = new ArrayList<>();
        for (WrittenFile file : staging.content()) {
            String to =
                    bin.folder() + DataFileName.of(created.getAndIncrement(), DataFileName.compacted(id), file.path());
            moves.add(new Move(name + "/" + file.path(), to, file.bytes()));
        }
        return moves;
    }

    /** From here on it is done, whatever happens. */
    private void decide(CompactionPlan plan) throws IOException {
        // The claim is there, so an overwrite that begins after this look stops the compaction.
        refuseOverwrites();
        Set<String> present = new HashSet<>();
        folder.dataFiles().forEach(file -> present.add(file.path()));
        boolean there = plan.swaps().stream().allMatch(swap -> present.containsAll(swap.replaces()));
        if (!there || !compactions.decide(id)) {
            throw MillraceException.external(
                    "cannot compact " + target
                            + ": meanwhile somebody else has replaced its files, or compacts them; nothing was changed",
                    null);
        }
    }

    private MillraceException undone(MillraceException failure) {
        try {
            if (!compactions.decided(id)) {
                compactions.drop(id);
                return failure;
            }
        } catch (IOException unreachable) {
            failure.addSuppressed(unreachable);
        }
        return MillraceException.external(
                String.format(
                        Locale.ROOT,
                        "%s; the next compaction, or the next batch, brings it to its end",
                        failure.getMessage()),
                failure);
    }

    private List<String> sortedNotes() {
        return notes.stream().sorted().toList();
    }
}
