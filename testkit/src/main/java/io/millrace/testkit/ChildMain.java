package io.millrace.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** What a {@link ChildJvm} runs first: it sees to it that the process does not outlive the one that started it, which may be killed too. */
final class ChildMain {

    private static final int PARENT_IS_GONE = 130;

    private ChildMain() {}

    /** Called by Java, with the name of the main class and its arguments. */
    public static void main(String[] arguments) throws Throwable {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Thread watch = new Thread(() -> endAfter(parent), "watches the parent");
        watch.setDaemon(true);
        watch.start();
        Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private static void endAfter(ProcessHandle parent) {
        parent.onExit().join();
        Runtime.getRuntime().halt(PARENT_IS_GONE);
    }
}
