package io.millrace.internal.files;

/** The points between which a compaction may die, in their order. */
enum CompactionStage {
    CLAIMED,
    STAGED,
    PLANNED,
    DECIDED,
    MOVED,
    SWAPPED;

    /** Learns that a point is reached; what it throws ends the compaction there. */
    interface Listener {
        Listener NONE = stage -> {};

        void reached(CompactionStage stage);
    }
}
