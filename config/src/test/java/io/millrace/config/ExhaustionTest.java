package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExhaustionTest {

    @Test
    void theEndOfTheStackIsSaidOfTheText() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> Exhaustion.guard("a.conf", () -> nested(List.of())))
                .withMessage("a.conf  is nested too deeply, or its references lead too far, to be read;"
                        + " write it flatter, or give threads a larger stack (-Xss)")
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
    }

    @Test
    void theEndOfTheMemoryIsSaidOfTheText() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> Exhaustion.guard("a.conf", ExhaustionTest::large))
                .withMessage(
                        "a.conf  needs more memory than the "
                                + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB there are: it is too large, or becomes so once references are written out; make it smaller, or give the JVM more (-Xmx)")
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
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
