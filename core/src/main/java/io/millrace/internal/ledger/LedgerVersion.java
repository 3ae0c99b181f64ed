package io.millrace.internal.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * All entries of a ledger at one moment. Immutable.
 *
 * @param number of the version; 0 before the first
 * @param sequence the number of the last entry that was begun
 * @param lineage marks of the versions that this one goes on from, its own as the last; of old ones no more. They tell whether somebody's version is part
 *     of another one
 * @param entries those that are not finished in the order in which they were begun, among those that are, in the order in which they were finished
 */
public record LedgerVersion(long number, long sequence, List<String> lineage, List<LedgerEntry> entries) {

    /** The ledger of who has done nothing yet. */
    public static final LedgerVersion NONE = new LedgerVersion(0, 0, List.of(), List.of());

    private static final int LINEAGE = 100;

    /** Copies the lists. */
    public LedgerVersion {
        lineage = List.copyOf(lineage);
        entries = List.copyOf(entries);
    }

    /** Returns the entry of an id. */
    Optional<LedgerEntry> find(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Returns the same, with an entry in the place of the one of its id, or as the last. */
    LedgerVersion with(LedgerEntry entry) {
        List<LedgerEntry> all = new ArrayList<>(entries);
        int at = find(entry.id()).map(all::indexOf).orElse(-1);
        if (at < 0) {
            all.add(entry);
        } else {
            all.set(at, entry);
        }
        return new LedgerVersion(number, Math.max(sequence, entry.sequence()), lineage, all);
    }

    /** Returns the same, with an entry as the last. */
    LedgerVersion withLast(LedgerEntry entry) {
        return without(each -> each.id().equals(entry.id())).with(entry);
    }

    /** Returns the same, without some entries. */
    LedgerVersion without(Predicate<LedgerEntry> those) {
        return new LedgerVersion(
                number,
                sequence,
                lineage,
                entries.stream().filter(those.negate()).toList());
    }

    /** Returns whether this is, or goes on from, another version. */
    boolean contains(LedgerVersion other) {
        return !other.lineage.isEmpty() && lineage.contains(other.lineage.get(other.lineage.size() - 1));
    }

    /** Returns the same as the version that follows another one. */
    LedgerVersion after(LedgerVersion before) {
        List<String> marks = new ArrayList<>(before.lineage);
        marks.add(UUID.randomUUID().toString().substring(0, 8));
        return new LedgerVersion(
                before.number + 1, sequence, marks.subList(Math.max(0, marks.size() - LINEAGE), marks.size()), entries);
    }

    /**
     * Returns the same without what was finished long ago: of each kind as many as it keeps stay, and those that were the last of their kind to note
     * something under a name.
     */
    LedgerVersion withoutLongAgo() {
        Map<ClaimedWork.Kind, Integer> finished = new EnumMap<>(ClaimedWork.Kind.class);
        Map<ClaimedWork.Kind, Set<String>> noted = new EnumMap<>(ClaimedWork.Kind.class);
        Set<String> old = new HashSet<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = entries.get(i);
            ClaimedWork.Kind kind = entry.work().kind();
            if (entry.done()) {
                int later = finished.merge(kind, 1, Integer::sum) - 1;
                boolean news = noted.computeIfAbsent(kind, absent -> new HashSet<>())
                        .addAll(entry.notes().keySet());
                if (later >= kind.kept() && !news) {
                    old.add(entry.id());
                }
            }
        }
        return old.isEmpty() ? this : without(entry -> old.contains(entry.id()));
    }
}
