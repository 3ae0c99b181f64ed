package io.millrace.internal.files;

/** The points between which a process may die; in the order of an attempt. */
enum Stage {
    STAGED,
    INTENDED,
    FIRST_MOVED,
    MOVED,
    MARKED,
    REPLACED;

    /** Learns that a point is reached; what it throws fails the attempt there. */
    interface Listener {
        Listener NONE = stage -> {};

        void reached(Stage stage);
    }
}
