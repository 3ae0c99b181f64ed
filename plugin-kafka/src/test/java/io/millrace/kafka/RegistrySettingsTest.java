package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.TestModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySettingsTest {

    private static final String HTTPS = "https://registry:8081";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void whatIsWrongWithAStoreIsSaidWithItsPlace() throws Exception {
        Path key = TestKey.make(folder, "key").file();
        Path trust = new TestKey(key).truststore();
        Path text = Files.writeString(folder.resolve("text"), "no store");

        assertThat(TestModel.of(model(HTTPS, "truststore = \"%s\", truststore-password = hush-hush".formatted(trust)))
                        .source(new KafkaPlugin()))
                .isInstanceOf(KafkaSource.class);
        refuses("truststore = \"" + folder + "\"", "3:1  %struststore: cannot be read: " + folder);
        refuses("truststore = \"" + text + "\"", "3:1  %struststore: is no JKS or PKCS#12 file: " + text);
        refuses(
                "truststore = \"" + trust + "\"",
                "3:1  %struststore: has a password; set truststore-password: " + trust);
        refuses(
                "truststore = \"" + trust + "\"\ntruststore-password = hush",
                "4:1  %struststore-password: is not the password of " + trust);
        refuses(
                "keystore = \"" + trust + "\"\nkeystore-password = hush-hush",
                "3:1  %skeystore: holds no key: " + trust);
        refuses("keystore-password = hush", "3:1  %skeystore-password: is set without keystore");
    }

    @Test
    void whatTheRegistryIsToldOrNotAskedIsRefusedWithoutTheSecret() {
        refusesRegistry(
                "url = \"http://registry:8081\", tls {}",
                "decode.registry.tls: is for a url of https; this one is http://registry:8081");
        refusesRegistry(
                "url = \"https://registry:8081\", bearer-token = \"hush\\n\"",
                "decode.registry.bearer-token: must be visible ASCII characters only; is there a line break at its end?");
        refusesRegistry(
                "url = \"https://registry:8081\", basic-auth { user = \"me:you\", password = hush }",
                "decode.registry.basic-auth.user: must not hold a colon: it ends there for the registry");
    }

    private static void refuses(String tls, String message) {
        assertThatThrownBy(() -> TestModel.of(model(HTTPS, tls)).source(new KafkaPlugin()))
                .hasMessage("test.conf:" + message.formatted("decode.registry.tls."));
    }

    private static void refusesRegistry(String registry, String message) {
        assertThatThrownBy(() -> TestModel.of(
                                """
                        bootstrap-servers = "localhost:9092", topic = orders
                        decode { format = confluent-avro
                        registry { %s } }"""
                                        .formatted(registry))
                        .source(new KafkaPlugin()))
                .message()
                .matches("test\\.conf:3:\\d+  " + java.util.regex.Pattern.quote(message));
    }

    private static String model(String url, String tls) {
        return """
               bootstrap-servers = "localhost:9092", topic = orders
               decode { format = confluent-avro, registry { url = "%s", tls {
               %s
               } } }
               """
                .formatted(url, tls);
    }
}
