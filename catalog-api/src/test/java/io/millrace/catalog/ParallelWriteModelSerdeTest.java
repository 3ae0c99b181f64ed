package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import io.millrace.config.MillraceException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelWriteModelSerdeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CatalogCoordinates ENTITY = new CatalogCoordinates("domain", "entity_name", "v1");

    @Test
    void writesAParallelWriteAsModelsHaveIt() {
        ParallelWriteModel model =
                new ParallelWriteModel(new ParallelWrite("append"), new CatalogCoordinates("d", "n", "v1", "p", "o"));

        assertThat(ParallelWriteModelSerde.serialize(model))
                .hasToString(
                        """
                {"writerDetails":{"writerType":"parallelWrite","saveMode":"append"},\
                "entityDetails":{"domain":"d","name":"n","version":"v1","dbPrefix":"p","overrideDbName":"o"}}""");
    }

    @Test
    void writesAContinuousUpdateAsModelsHaveIt() {
        ParallelWriteModel model = new ParallelWriteModel(
                ContinuousUpdate.on(List.of("pk"), "pk")
                        .compaction(new Compaction(100, 1))
                        .vacuum(new Vacuum(100, 168))
                        .build(),
                new CatalogCoordinates("d", "n", "v1"));

        assertThat(ParallelWriteModelSerde.serialize(model))
                .hasToString(
                        """
                {"writerDetails":{"writerType":"continuousUpdate","keys":["pk"],"orderingExpression":"pk",\
                "compactFrequency":100,"compactNumFile":1,"retentionHours":168,"vacuumFrequency":100},\
                "entityDetails":{"domain":"d","name":"n","version":"v1"}}""");
    }

    @Test
    void leavesOutWhatIsNotSet() {
        ParallelWriteModel model = new ParallelWriteModel(new ContinuousUpdate(List.of("id"), "number"), ENTITY);

        assertThat(ParallelWriteModelSerde.serialize(model))
                .hasToString(
                        """
                {"writerDetails":{"writerType":"continuousUpdate","keys":["id"],"orderingExpression":"number"},\
                "entityDetails":{"domain":"domain","name":"entity_name","version":"v1"}}""");
    }

    static Stream<WriterDetails> everyWriter() {
        return Stream.of(
                new ParallelWrite("append"),
                new ParallelWrite("OVERWRITE"),
                new ParallelWrite(SaveMode.IGNORE),
                new ParallelWrite("errorIfExists").withSymlinkManifest(),
                new ParallelWrite("append").withTargetFileSize(128 << 20).withSymlinkManifest(),
                new ContinuousUpdate(List.of("a", "b"), "-(ordering2)"),
                ContinuousUpdate.on(List.of("a"), "struct(x, y)")
                        .onTie(OnTie.DEAD_LETTER)
                        .onEqualOrdering(OnEqualOrdering.KEEP_EXISTING)
                        .onNullOrdering(OnNullOrdering.FAIL)
                        .onNullKey(OnNullKey.ALLOW)
                        .onStale(OnStale.DEAD_LETTER)
                        .deleteExpression("op = 'D'")
                        .tombstoneRetentionHours(24)
                        .orderingColumn("_ordering")
                        .schemaEvolution(SchemaEvolution.ADDITIVE)
                        .compaction(new Compaction(10, 2))
                        .vacuum(new Vacuum(20, 200))
                        .symlinkManifest()
                        .build());
    }

    @ParameterizedTest
    @MethodSource("everyWriter")
    void readsBackWhatItWrote(WriterDetails writer) {
        ParallelWriteModel model = new ParallelWriteModel(writer, ENTITY);

        assertThat(ParallelWriteModelSerde.deserialize(ParallelWriteModelSerde.serialize(model)))
                .isEqualTo(model);
    }

    @Test
    void writesThePoliciesInCamelCase() {
        WriterDetails writer = ContinuousUpdate.on(List.of("a"), "x")
                .onTie(OnTie.DEAD_LETTER)
                .onEqualOrdering(OnEqualOrdering.KEEP_EXISTING)
                .onNullKey(OnNullKey.ALLOW)
                .schemaEvolution(SchemaEvolution.ADDITIVE)
                .build();

        assertThat(ParallelWriteModelSerde.serialize(new ParallelWriteModel(writer, ENTITY))
                        .get("writerDetails"))
                .hasToString(
                        """
                        {"writerType":"continuousUpdate","keys":["a"],"orderingExpression":"x","onTie":"deadLetter",\
                        "onEqualOrdering":"keepExisting","onNullKey":"allow","schemaEvolution":"additive"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "Append", "APPEND"})
    void readsASaveModeInAnyCase(String mode) {
        assertThat(new ParallelWrite(mode).saveMode()).isEqualTo(SaveMode.APPEND);
    }

    @Test
    void readsATargetFileSize() {
        assertThat(new ParallelWrite("append").withTargetFileSize(5).targetFileSize())
                .isEqualTo(5);
        refused(
                """
                {"writerDetails": {"writerType": "parallelWrite", "saveMode": "append", "targetFileSize": "large"},
                 "entityDetails": {"domain": "domain", "name": "entity_name", "version": "v1"}}""",
                """
                writerDetails.targetFileSize: must be a size such as 128MB, not "large\"""");
        assertThatThrownBy(() -> new ParallelWrite("append").withTargetFileSize(0))
                .hasMessage("targetFileSize must be at least 1 byte, not 0");
    }

    @Test
    void refusesAnUnknownSaveModeInJava() {
        assertThatThrownBy(() -> new ParallelWrite("appnd"))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        saveMode: unknown value "appnd"; did you mean "append"? (known: append, errorIfExists, ignore, overwrite)""");
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        refused(
                """
                {"writerDetails": {"writerType": "continuousUpdate", "keys": [], "orderingExpression": " ", "compactFrequency": 0,
                                   "vacuumFrequency": 10, "onTie": "pikOne", "onStale": 7, "compactNumFiles": 1},
                 "entityDetails": {"domain": "", "name": "a/b", "version": "v\\u0000", "dbPrefix": "..", "owner": "x"},
                 "entityDetail": {}}""",
                """
                writerDetails.keys: must name at least one column
                writerDetails.orderingExpression: must not be blank
                writerDetails.compactFrequency: must be a whole number from 1 to 2147483647, not 0
                writerDetails.compactFrequency: has no effect without compactNumFile; set both or none
                writerDetails.vacuumFrequency: has no effect without retentionHours; set both or none
                writerDetails.onTie: unknown value "pikOne"; did you mean "pickOne"? (known: deadLetter, fail, pickOne)
                writerDetails.onStale: unknown value "7"; known: deadLetter, skip
                writerDetails.compactNumFiles: unknown key; did you mean "compactNumFile"? (known: compactFrequency, \
                compactNumFile, deleteExpression, keys, onEqualOrdering, onNullKey, onNullOrdering, onStale, onTie, \
                orderingColumn, orderingExpression, retentionHours, schemaEvolution, symlinkManifest, \
                tombstoneRetentionHours, vacuumFrequency, writerType)
                entityDetails.domain: must not be blank
                entityDetails.name: must be a plain name without /, \\ or .., not "a/b"
                entityDetails.version: must not hold a control character: "v?"
                entityDetails.dbPrefix: must be a plain name without /, \\ or .., not ".."
                entityDetails.owner: unknown key; known: dbPrefix, domain, name, overrideDbName, version
                entityDetail: unknown key; did you mean "entityDetails"? (known: entityDetails, writerDetails)""");
    }

    @Test
    void asksForWhatIsMissing() {
        refused("{}", """
                writerDetails: is missing
                entityDetails: is missing""");
        refused(
                "{\"writerDetails\": {}, \"entityDetails\": {}}",
                """
                writerDetails.writerType: is missing; known: continuousUpdate, parallelWrite
                entityDetails.domain: is missing
                entityDetails.name: is missing
                entityDetails.version: is missing""");
        refused(
                writer("\"writerType\": \"parallelWrite\""),
                """
                writerDetails.saveMode: is missing; known: append, errorIfExists, ignore, overwrite""");
        refused(
                writer("\"writerType\": \"continuousUpdate\""),
                """
                writerDetails.keys: is missing; name the columns that make a row unique
                writerDetails.orderingExpression: is missing""");
    }

    @Test
    void refusesAnUnknownWriterType() {
        refused(
                writer("\"writerType\": \"paralelWrite\", \"saveMode\": \"append\""),
                """
                writerDetails.writerType: unknown value "paralelWrite"; did you mean "parallelWrite"? \
                (known: continuousUpdate, parallelWrite)""");
    }

    @Test
    void refusesKeysThatMeanNothing() {
        refused(update("\"keys\": \"id\""), "writerDetails.keys: must be a list [ … ], not \"id\"");
        refused(update("\"keys\": [\"id\", \"\"]"), "writerDetails.keys[1]: must not be blank");
        refused(update("\"keys\": [\"id\", \"ID\"]"), "writerDetails.keys: names \"ID\" twice");
        refused(
                update("\"keys\": [\"id\"], \"orderingColumn\": \"Id\""),
                "writerDetails.orderingColumn: \"Id\" is a key; the ordering needs a column of its own");
    }

    @Test
    void refusesWhatIsNoObject() {
        refused("[1]", "the value of a parallelWrite model must be an object, not [1]");
    }

    @Test
    void refusesTheSameInJava() {
        assertThatThrownBy(() -> ContinuousUpdate.on(List.of(), " ")
                        .deleteExpression("")
                        .tombstoneRetentionHours(0)
                        .build())
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        keys: must name at least one column
                        orderingExpression: must not be blank
                        deleteExpression: must not be blank
                        tombstoneRetentionHours: must be a whole number from 1 to 2147483647, not 0""");
        assertThatThrownBy(() -> new Compaction(0, -1))
                .hasMessage(
                        """
                compactFrequency: must be a whole number from 1 to 2147483647, not 0
                compactNumFile: must be a whole number from 1 to 2147483647, not -1""");
        assertThatThrownBy(() -> new Vacuum(1, 0))
                .hasMessage("""
                retentionHours: must be a whole number from 1 to 2147483647, not 0""");
    }

    private static String writer(String details) {
        return "{\"writerDetails\": {" + details + "},"
                + "\"entityDetails\": {\"domain\": \"d\", \"name\": \"n\", \"version\": \"v1\"}}";
    }

    private static String update(String details) {
        return writer("\"writerType\": \"continuousUpdate\", \"orderingExpression\": \"x\", " + details);
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> ParallelWriteModelSerde.deserialize(parsed(json)))
                .isInstanceOf(MillraceException.class)
                .hasMessage(message);
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
