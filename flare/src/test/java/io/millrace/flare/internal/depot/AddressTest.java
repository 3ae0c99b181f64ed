package io.millrace.flare.internal.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "dataos://lake:raw/rides?acl=rw, lake, raw, rides, WRITE",
                "dataos://lake:raw/rides?acl=r, lake, raw, rides, READ",
                "dataos://lake:raw/rides, lake, raw, rides, UNSAID",
                "dataos://raw:none/a/b/c.json, raw, -, a/b/c.json, UNSAID",
                "dataos://raw:none/a/b/, raw, -, a/b, UNSAID",
                "dataos://lake:raw?acl=rw, lake, raw, -, WRITE",
                "dataos://lake:raw/, lake, raw, -, UNSAID",
                "dataos://lake?, lake, -, -, UNSAID"
            })
    void readsItsParts(String text, String depot, String collection, String dataset, Address.Access access) {
        assertThat(Address.parse(text)).isEqualTo(new Address(depot, collection, dataset, access));
    }

    @Test
    void appendsADataset() {
        assertThat(Address.parse("dataos://lake:raw?acl=rw").child("rides"))
                .isEqualTo(Address.parse("dataos://lake:raw/rides?acl=rw"));
        assertThat(Address.parse("dataos://raw:none/in").child("rides").words()).isEqualTo("raw.in.rides");
    }

    @ParameterizedTest
    @CsvSource({
        "/data/rides, is not an address; write dataos://depot:collection/dataset?acl=rw",
        "dataos://, is not an address; write dataos://depot:collection/dataset?acl=rw",
        "dataos://lake/rides, is not an address; write dataos://depot:collection/dataset?acl=rw",
        "dataos://lake:raw/rides?acl=x, has \"acl=x\" after its question mark; only acl=r and acl=rw can stand there"
    })
    void refusesWhatIsNone(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessage(message);
    }
}
