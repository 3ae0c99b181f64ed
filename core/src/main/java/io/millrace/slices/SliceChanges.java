package io.millrace.slices;

import io.millrace.spi.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The slices of a ledger while one change to them is made, which counts as a whole or not at all. */
final class SliceChanges {

    private final Map<Slice, SliceEntry> slices;
    private boolean changed;

    SliceChanges(Map<Slice, SliceEntry> before) {
        this.slices = new LinkedHashMap<>(before);
    }

    Optional<SliceEntry> find(Slice slice) {
        return Optional.ofNullable(slices.get(slice));
    }

    List<SliceEntry> all() {
        return List.copyOf(slices.values());
    }

    void put(SliceEntry entry) {
        slices.put(entry.slice(), entry);
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    Map<Slice, SliceEntry> result() {
        return slices;
    }
}
