package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ProductClass;
import org.junit.jupiter.api.Test;

class IcebergTest {

    @Test
    void everyOptionHasAMethodAndEveryMethodAnOption() {
        assertThat(ProductClass.of(Iceberg.class).differences(new IcebergPlugin().options()))
                .isEmpty();
    }
}
