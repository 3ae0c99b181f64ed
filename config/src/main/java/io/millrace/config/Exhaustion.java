package io.millrace.config;

import java.util.List;
import java.util.function.Supplier;

/** The end of the stack or of the memory while a text is read, which is the text's doing and is said of it. */
final class Exhaustion {

    private Exhaustion() {}

    /**
     * Reads a text.
     *
     * @param name what messages call it
     * @throws MillraceException of kind USER where it takes more than there is
     */
    static <T> T guard(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StackOverflowError tooDeep) {
            throw refused(
                    name,
                    "is nested too deeply, or its references lead too far, to be read; write it flatter, or give threads"
                            + " a larger stack (-Xss)",
                    tooDeep);
        } catch (OutOfMemoryError tooLarge) {
            throw refused(
                    name,
                    "needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB there are: it is too large, or becomes so once references are written out; make it"
                            + " smaller, or give the JVM more (-Xmx)",
                    tooLarge);
        }
    }

    private static MillraceException refused(String name, String message, Error thrown) {
        return MillraceException.user(List.of(new Problem(new Location(name, 0, 0), "", message)), thrown);
    }
}
