package io.millrace.flare.internal.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.flare.internal.envelope.Flare;
import org.junit.jupiter.api.Test;

class DepotsTest {

    @Test
    void givesTheSettingsOfEveryCatalog() {
        ConfigDocument settings = Flare.depots().settings();

        assertThat(settings.tree())
                .hasToString("{\"plugin\":{\"iceberg\":{\"catalogs\":{\"lake\":{\"warehouse\":\"/lake\"},"
                        + "\"remote\":{\"type\":\"rest\",\"uri\":\"http://catalog\"}}}}}");
        assertThat(settings.config().getString("plugin.iceberg.catalogs.lake.warehouse"))
                .isEqualTo("/lake");
        assertThat(settings.sources().problem("plugin.iceberg.catalogs.remote.uri", "is wrong"))
                .hasToString("depots.conf:4:51  depots.remote.catalog.uri: is wrong");
    }

    @Test
    void keepsTheSettingsOfPlugins() {
        ConfigDocument settings = Depots.of(
                        HoconReader.parse(
                                "depots.conf",
                                """
                        plugin.iceberg.catalogs.other { warehouse = "/other" }
                        depots.lake { kind = iceberg, warehouse = "/lake" }
                        """))
                .settings();

        assertThat(settings.tree())
                .hasToString("{\"plugin\":{\"iceberg\":{\"catalogs\":{\"other\":{\"warehouse\":\"/other\"},"
                        + "\"lake\":{\"warehouse\":\"/lake\"}}}}}");
        assertThat(settings.sources().problem("plugin.iceberg.catalogs.other.x", "is wrong"))
                .hasToString("depots.conf:1:25  plugin.iceberg.catalogs.other.x: is wrong");
    }

    @Test
    void saysAllThatIsWrong() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(
                        () -> Depots.of(
                                HoconReader.parse(
                                        "depots.conf",
                                        """
                        depots {
                          a { kind = file, path = "/x" }
                          b { path = "/x" }
                          c { kind = files, folder = "/x" }
                          d { kind = iceberg }
                          e { kind = iceberg, warehouse = "/w", catalog { type = jdbc } }
                          f { kind = kafka, topic = x }
                          g = 1
                        }
                        """)))
                .withMessage(
                        """
                        depots.conf:2:7  depots.a.kind: unknown value "file"; did you mean "files"? (known: files, iceberg, kafka)
                        depots.conf:3:3  depots.b.kind: is missing; known: files, iceberg, kafka
                        depots.conf:4:3  depots.c.path: is missing
                        depots.conf:4:21  depots.c.folder: unknown key; known: kind, options, path
                        depots.conf:5:3  depots.d: needs either warehouse = FOLDER, for a catalog in that folder, or catalog { type, uri, … }
                        depots.conf:6:3  depots.e: needs either warehouse = FOLDER, for a catalog in that folder, or catalog { type, uri, … }
                        depots.conf:7:3  depots.f.bootstrap-servers: is missing
                        depots.conf:7:21  depots.f.topic: unknown key; known: bootstrap-servers, kafka, kind, registry
                        depots.conf:8:3  depots.g: must be an object { … }, not 1""");
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> Depots.of(HoconReader.parse("depots.conf", "depot {}")))
                .withMessage("depots.conf  depots: is missing; write depots { NAME { kind = files, path = … } }");
    }

    @Test
    void keepsSecretsOutOfTexts() {
        assertThat(Flare.depots().find("raw")).hasToString("Optional[Files[raw, /data/]]");
        assertThat(Flare.depots().find("remote")).hasToString("Optional[Iceberg[remote]]");
        assertThat(Flare.depots().find("stream")).hasToString("Optional[Kafka[stream]]");
    }
}
