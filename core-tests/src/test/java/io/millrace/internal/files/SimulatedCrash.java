package io.millrace.internal.files;

/** Ends an attempt as the death of its process does: nobody catches it, nothing is tidied up. */
final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(Stage stage) {
        super("died at " + stage);
    }

    static Stage.Listener at(Stage wanted) {
        return stage -> {
            if (stage == wanted) {
                throw new SimulatedCrash(stage);
            }
        };
    }
}
