package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.OptionDescription;
import io.millrace.testkit.TestModel;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DescribedOptionsTest {

    @Test
    void theOptionsDescribedAreTheKeysDecoded() {
        String described = String.join(
                ", ",
                new TreeSet<>(new IcebergPlugin()
                        .options().stream()
                                .map(OptionDescription::name)
                                .map(name -> name.replaceFirst("\\..*", ""))
                                .toList()));

        assertThatThrownBy(() -> TestModel.of("save-mode = upsert\nxxxxxxxxxxxxxxxxxxxx = 1")
                        .source(new IcebergPlugin()))
                .hasMessageContaining("test.conf:2:1  xxxxxxxxxxxxxxxxxxxx: unknown key; known: " + described);
    }
}
