package io.millrace.internal.spark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSampleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"b":1,"a":"x"}                         | a STRING,b BIGINT
                    {"a":1} {"a":1.5,"b":true}              | a DOUBLE,b BOOLEAN
                    {"a":[{"x":1},{"y":"z"}]}               | a ARRAY<STRUCT<x: BIGINT, y: STRING>>
                    {"a":null,"b":{"c":"zażółć"}}           | a STRING,b STRUCT<c: STRING>
                    {"a":1}{"a":"x"}                        | a STRING
                    {'a':12345678901234567890}              | a DECIMAL(20,0)
                    """)
    void columnsAreAsSparkInfersThem(String sample, String columns) throws Exception {
        assertThat(JsonSample.columns(sample, Map.of()).toDDL()).isEqualTo(columns);
    }

    @Test
    void optionsAreThoseOfSparksReader() throws Exception {
        assertThat(JsonSample.columns(
                                "{\"at\":\"2024-01-03T10:00:00Z\",\"n\":1.5}",
                                Map.of("inferTimestamp", "true", "prefersDecimal", "true"))
                        .toDDL())
                .isEqualTo("at TIMESTAMP,n DECIMAL(2,1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{"a":1}]       | document 1 is no object but a list; write the objects one after the other
                    {"a":1} "b"     | document 2 is no object but a text; write the objects one after the other
                    {"a":1} 2       | document 2 is no object but a number; write the objects one after the other
                    null            | document 1 is no object but null; write the objects one after the other
                    {}              | holds no field; write an object as the records are
                    {"a":1,"A":2}   | has the field a twice, or in two cases, which SQL does not tell apart; leave one out
                    {"x":[{"a":1,"a":2}]} | has the field x.a twice, or in two cases, which SQL does not tell apart; leave one out
                    """)
    void whatIsNoSampleIsRefused(String sample, String problem) {
        assertThatThrownBy(() -> JsonSample.columns(sample, Map.of())).hasMessage(problem);
    }

    @Test
    void optionsThatSparkDoesNotUnderstandAreSaid() {
        assertThatThrownBy(() -> JsonSample.columns("{\"a\":1}", Map.of("inferTimestamp", "maybe")))
                .hasMessage("cannot be read with these options: For input string: \"maybe\"");
    }
}
