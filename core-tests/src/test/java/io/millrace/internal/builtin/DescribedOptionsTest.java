package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.plan.PluginRegistry;
import io.millrace.spi.ModelPlugin;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.RunMode;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.SourcePlugin;
import io.millrace.testkit.TestModel;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DescribedOptionsTest {

    /** A key nobody knows makes the decoder say which it does. */
    private static final String UNKNOWN = "xxxxxxxxxxxxxxxxxxxxxxxxxx";

    static Stream<ModelPlugin> plugins() {
        return PluginRegistry.ofClassPath().products().values().stream();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void theOptionsDescribedAreTheKeysDecoded(ModelPlugin plugin) {
        String described = String.join(
                ", ",
                new TreeSet<>(plugin.options().stream()
                        .map(OptionDescription::name)
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .toList()));

        if (plugin instanceof SourcePlugin source) {
            assertThat(problems(() -> TestModel.of(UNKNOWN + " = 1").source(source)))
                    .contains("test.conf:1:1  " + UNKNOWN + ": unknown key; known: " + described);
        }
        if (plugin instanceof SinkPlugin sink) {
            assertThat(problems(() -> TestModel.of(UNKNOWN + " = 1").sink(sink, RunMode.BATCH)))
                    .contains("test.conf:1:1  " + UNKNOWN + ": unknown key; known: " + described);
        }
    }

    private static List<String> problems(Runnable decoding) {
        Throwable refused = catchThrowable(decoding::run);
        return String.valueOf(refused.getMessage()).lines().toList();
    }
}
