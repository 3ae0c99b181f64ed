package io.millrace.cli;

/**
 * A tour through an example: makes its data, runs what is to be shown, and says what is seen. Found by {@link java.util.ServiceLoader}; has a
 * public constructor without parameters. An example that needs no tour needs no class: then its {@code pipegraph.conf} is planned and run, with
 * {@code lake} set to a folder for its data.
 */
public interface Demo {

    /** Returns the example's name, which is its folder's in {@code examples/}. */
    String name();

    /** Returns whether each call continues in the folder of the one before; otherwise it gets one that is empty. */
    default boolean continues() {
        return false;
    }

    /**
     * Gives the tour. Called once, on the main thread.
     *
     * @throws Exception what goes wrong; the command line reports it
     */
    void run(DemoContext context) throws Exception;
}
