package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceMapTest {

    private static final Location PLACE = new Location("wf.yaml", 3, 5);

    @Test
    void namesAPathAsItIsWritten() {
        SourceMap sources = new SourceMap(Map.of("models.m", PLACE), Map.of("models.m", "outputs[0].dataset"));

        assertThat(sources.problem("models.m", "is wrong")).hasToString("wf.yaml:3:5  outputs[0].dataset: is wrong");
        assertThat(sources.problem("models.m.value.table", "is wrong"))
                .hasToString("wf.yaml:3:5  outputs[0].dataset: is wrong");
        assertThat(sources.problem("models.n", "is wrong")).hasToString("models.n: is wrong");
    }

    @Test
    void keepsThePathOfWhatStandsThere() {
        SourceMap sources = new SourceMap(Map.of("models.m", PLACE));

        assertThat(sources.problem("models.m.value", "is missing"))
                .hasToString("wf.yaml:3:5  models.m.value: is missing");
    }
}
