package io.millrace.internal.files;

/** Fails an attempt at a point, so that it tidies up. */
final class SimulatedFailure {

    private SimulatedFailure() {}

    static Stage.Listener at(Stage wanted) {
        return stage -> {
            if (stage == wanted) {
                throw new IllegalStateException("failed at " + stage);
            }
        };
    }
}
