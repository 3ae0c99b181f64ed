package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedReadingTest {

    @Test
    void theEndOfTheStackIsSaidOfTheText() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> BoundedReading.read("a.conf", () -> nested(List.of())))
                .withMessage("a.conf  is nested too deeply, or its references lead too far, to be read;"
                        + " write it flatter")
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
    }

    @Test
    void theEndOfTheMemoryIsSaidOfTheText() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> BoundedReading.read("a.conf", BoundedReadingTest::large))
                .withMessage(
                        "a.conf  needs more memory than the "
                                + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB there are: it is too large, or becomes so once references are written out; make it smaller, or give the JVM more (-Xmx)")
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
    }

    @Test
    void theEndOfTheTimeIsSaidOfTheText() {
        AtomicBoolean over = new AtomicBoolean();
        try {
            assertThatExceptionOfType(MillraceException.class)
                    .isThrownBy(() -> BoundedReading.read("a.conf", Duration.ofSeconds(1), () -> busyUntil(over)))
                    .withMessage("a.conf  takes more than 1 s to be read: its references (${…} and +=) lead through"
                            + " one another too often; write values out, or divide it into several")
                    .matches(refused -> refused.kind() == MillraceException.Kind.USER);
        } finally {
            over.set(true);
        }
    }

    @Test
    void whatTheReadingThrowsComesOutAsItIs() {
        MillraceException wrong = MillraceException.user("a.conf: wrong");

        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> BoundedReading.read("a.conf", () -> {
                    throw wrong;
                }))
                .isSameAs(wrong);
    }

    @Test
    void aThreadThatIsInterruptedStopsWaiting() {
        AtomicBoolean over = new AtomicBoolean();
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> BoundedReading.read("a.conf", () -> busyUntil(over)))
                    .withMessage("a.conf: interrupted while it was read");
        } finally {
            over.set(true);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static int busyUntil(AtomicBoolean over) {
        int turns = 0;
        while (!over.get()) {
            turns++;
        }
        return turns;
    }

    private static List<?> nested(List<?> inner) {
        return inner.size() > 1 ? inner : nested(List.of(inner));
    }

    private static List<long[]> large() {
        List<long[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new long[Integer.MAX_VALUE]);
        }
        return all;
    }
}
