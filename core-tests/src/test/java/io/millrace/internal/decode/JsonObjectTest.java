package io.millrace.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " \t{\"a\":1} \r",
                "{\"a\":\"}\"}",
                "{\"a\":\"\\\"}\"}",
                "{\"a\":\"\\\\\"}",
                "{'a':'it}\"s'}",
                "{\"a\":\"it's\"}",
                "{\"a\":[{\"b\":[]},{}],\"c\":\"zażółć }\"}"
            })
    void oneObjectIsWhole(String line) {
        assertThat(JsonObject.whole(bytes(line))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "[]",
                "[{}]",
                "1",
                "null",
                "\"{}\"",
                "{} {}",
                "{}x",
                "{},{}",
                "{\"a\":1}}",
                "{\"a\":1} //",
                "{\"a\":{}",
                "{\"a",
                "{\"a\\",
                "ż{}"
            })
    void anythingElseIsNot(String line) {
        assertThat(JsonObject.whole(bytes(line))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{"id":1}]             | {}       | the line is not a JSON object
                    nope                   | {}       | the line is not JSON: Unrecognized token 'nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'), at column 5
                    {"id":1                | {}       | the line is not JSON: Unexpected end-of-input: expected close marker for Object, at column 8
                    {"id":1} {"id":2}      | {"id":1} | there is more after the JSON object, from column 9
                    {"id":"x","price":"y"} | {}       | id is no BIGINT, price is no DECIMAL(10,2)
                    {"id":1,"a":[1]}       | {"id":1} | a value inside the line does not fit the schema
                    {"id":null}            | {}       | id is missing
                    {"price":1}            | {}       | id is missing, price is no DECIMAL(10,2)
                    {"id":1,"of":{"n":"x"}} | {"id":1,"of":{}} | of.city is missing, of.n is no INT
                    {"id":1,"of":null,"lines":[{},{"n":"x"}]} | {"id":1,"lines":[{},{}]} | lines[1].n is no INT
                    {"at":1714557600000}   | {}       | id is missing, at is 1714557600000: a number for a TIMESTAMP counts seconds, and these are not in the years 1 to 9999; declare it BIGINT, and use timestamp_millis or timestamp_micros
                    {"id":1,"at":1.5}      | {"id":1} | at is no TIMESTAMP
                    {"id":1,"ats":[1,-62135683201],"named":{"a":253402387200}} | {"id":1} | ats[1] is -62135683201: a number for a TIMESTAMP counts seconds, and these are not in the years 1 to 9999; declare it BIGINT, and use timestamp_millis or timestamp_micros, named.a is 253402387200: a number for a TIMESTAMP counts seconds, and these are not in the years 1 to 9999; declare it BIGINT, and use timestamp_millis or timestamp_micros
                    {"id":1,"lines":[{},"x"],"of":5} | {"id":1} | of is no STRUCT<city: STRING NOT NULL, n: INT>, lines is no ARRAY<STRUCT<n: INT>>
                    """)
    void whatIsWrongIsSaidInASentence(String line, String read, String complaint) {
        StructType type =
                StructType.fromDDL("id BIGINT NOT NULL, price DECIMAL(10,2), of STRUCT<city: STRING NOT NULL, n: INT>,"
                        + " lines ARRAY<STRUCT<n: INT>>, counts MAP<STRING, INT>, at TIMESTAMP, ats ARRAY<TIMESTAMP>,"
                        + " named MAP<STRING, TIMESTAMP>");

        assertThat(JsonObject.complain(bytes(line), read, type, "line")).isEqualTo(complaint);
    }

    @Test
    void aPlaceInATextOfSeveralLinesNamesTheLine() {
        StructType type = StructType.fromDDL("id BIGINT");

        assertThat(JsonObject.complain(bytes("{\n \"id\": x\n}"), "{}", type, "record"))
                .isEqualTo("the record is not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array,"
                        + " Object or token 'null', 'true' or 'false'), at column 9 of its line 2");
        assertThat(JsonObject.complain(bytes("{\n \"id\": 1\n} {}"), "{}", type, "record"))
                .isEqualTo("there is more after the JSON object, from column 2 of its line 3");
    }

    @Test
    void textThatIsNoTextIsSaidToBe() {
        assertThat(JsonObject.complain(new byte[] {'{', '"', (byte) 0xff, '"', '}'}, "{}", new StructType(), "line"))
                .isEqualTo("the line is not valid UTF-8");
    }

    @Test
    void textThatIsNoTextIsNotWhole() {
        assertThat(JsonObject.whole(new byte[] {'{', '"', (byte) 0xc5, '"', '}'}))
                .isFalse();
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
