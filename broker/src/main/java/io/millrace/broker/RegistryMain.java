package io.millrace.broker;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/** Runs a registry in a JVM of its own, as long as the one that started it runs: its input ends with that, however it ends. Needs the JDK only. */
final class RegistryMain {

    private static final String REGISTRY = "io.quarkus.runner.GeneratedMain";

    private RegistryMain() {}

    /** Called by {@link RegistryServer}. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(RegistryMain::endWithParent, "end with parent");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(REGISTRY).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("the registry failed", failed.getCause());
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said
            }
        } catch (IOException closed) {
            // the parent is gone
        }
        Runtime.getRuntime().halt(0);
    }
}
