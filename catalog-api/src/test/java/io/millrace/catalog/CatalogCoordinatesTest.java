package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogCoordinatesTest {

    @Test
    void takesTheDatabaseFromTheOverrideThenFromPrefixAndDomain() {
        assertThat(new CatalogCoordinates("sales", "orders", "v1").database()).isEmpty();
        assertThat(new CatalogCoordinates("sales", "orders", "v1", "dev_", null).database())
                .contains("dev_sales");
        assertThat(new CatalogCoordinates("sales", "orders", "v1", "dev_", "lake").database())
                .contains("lake");
    }

    @Test
    void showsItselfWithItsDatabase() {
        assertThat(new CatalogCoordinates("sales", "orders", "v1")).hasToString("sales/orders/v1");
        assertThat(new CatalogCoordinates("sales", "orders", "v1", "dev_", null))
                .hasToString("sales/orders/v1 (database dev_sales)");
    }

    @Test
    void refusesEveryUnusablePartAtOnce() {
        assertThatThrownBy(() -> new CatalogCoordinates("", "  ", "a/b", "..", "x\ny"))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(
                        """
                        domain: must not be blank
                        name: must not be blank
                        version: must be a plain name without /, \\ or .., not "a/b"
                        dbPrefix: must be a plain name without /, \\ or .., not ".."
                        overrideDbName: must not hold a control character: "x?y\"""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../up", "a\\b", "/root", "a..b"})
    void refusesWhatCouldLeaveItsFolder(String part) {
        assertThatThrownBy(() -> new CatalogCoordinates("sales", part, "v1"))
                .hasMessage("name: must be a plain name without /, \\ or .., not \"" + part + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.2", "größe", "with space", "back`tick", "a-b"})
    void takesAnyOtherName(String part) {
        assertThat(new CatalogCoordinates("sales", part, "v1").name()).isEqualTo(part);
    }
}
