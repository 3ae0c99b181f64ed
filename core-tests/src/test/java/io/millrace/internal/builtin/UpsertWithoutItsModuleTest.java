package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RunMode;
import io.millrace.testkit.TestModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model that upserts, where the module that does it is not on the class path. */
class UpsertWithoutItsModuleTest {

    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void hideTheModule() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void showItAgain() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    @Test
    void namesTheDependency() {
        TestModel model = TestModel.of("path = /lake/orders, save-mode = upsert, keys = [id], order-by = number");

        assertThatThrownBy(() -> model.sink(new SparkTablePlugin(), RunMode.BATCH))
                .hasMessage(
                        "test.conf:1:22  save-mode: upsert needs a module that is not on the class path; add the dependency io.millrace:millrace-plugin-continuous-update");
    }
}
