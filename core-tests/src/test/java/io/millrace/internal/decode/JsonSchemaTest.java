package io.millrace.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {

    private static final String TEXT = "\"type\": \"string\" keeps any value as text";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":"integer"}                                                    | BIGINT
                    {"type":"number"}                                                     | DOUBLE
                    {"type":["integer","number"]}                                         | DOUBLE
                    {"type":"boolean"}                                                    | BOOLEAN
                    {"type":"string"}                                                     | STRING
                    {"type":["null","string"],"pattern":"^a"}                             | STRING
                    {"type":"string","format":"date"}                                     | DATE
                    {"type":"string","format":"date-time"}                                | TIMESTAMP
                    {"type":"string","format":"uuid"}                                     | STRING
                    {"enum":["new","paid",null]}                                          | STRING
                    {"const":"order"}                                                     | STRING
                    {"type":"integer","enum":[1,2]}                                       | BIGINT
                    {"type":"array","items":{"type":"number"}}                            | ARRAY<DOUBLE>
                    {"items":{"items":{"type":"string"}}}                                 | ARRAY<ARRAY<STRING>>
                    {"type":"object","additionalProperties":{"type":"integer"}}           | MAP<STRING, BIGINT>
                    {"properties":{"a":{"type":"string"}},"additionalProperties":false}   | STRUCT<a: STRING>
                    {"anyOf":[{"type":"null"},{"type":"integer"}]}                        | BIGINT
                    {"oneOf":[{"enum":["a"]},{"type":"string","format":"email"}]}         | STRING
                    {"allOf":[{"$ref":"#/$defs/a~1b"}]}                                   | DATE
                    {"$ref":"#/$defs/a%7E1b","description":"a day"}                       | DATE
                    {"type":"string","anyOf":[{"minLength":1},{"maxLength":0}]}           | STRING
                    """)
    void aTypeBecomesAColumn(String schema, String column) {
        String whole =
                "{\"properties\":{\"x\":" + schema + "},\"$defs\":{\"a/b\":{\"type\":\"string\",\"format\":\"date\"}}}";

        assertThat(columns(whole).toDDL()).isEqualTo("x " + column);
    }

    @Test
    void whatIsRequiredIsNotNullUnlessItMayBeNull() {
        assertThat(columns(
                                """
                                { "type": "object", "required": ["id", "note", "address"],
                                  "properties": {
                                    "id": { "type": "integer" },
                                    "note": { "type": ["string", "null"] },
                                    "address": { "$ref": "#/definitions/Address" },
                                    "old": { "anyOf": [ { "$ref": "#/definitions/Address" }, { "type": "null" } ] } },
                                  "definitions": {
                                    "Address": { "type": "object", "required": ["city"],
                                      "properties": { "city": { "type": "string" }, "zip": { "type": "string" } } } } }
                                """)
                        .toDDL())
                .isEqualTo("id BIGINT NOT NULL,note STRING,address STRUCT<city: STRING NOT NULL, zip: STRING> NOT NULL,"
                        + "old STRUCT<city: STRING NOT NULL, zip: STRING>");
    }

    @Test
    void everythingThatCannotBecomeColumnsIsSaidAtOnceWithItsPlace() {
        assertThat(
                        problems(
                                """
                        { "type": "object", "required": ["gone"],
                          "properties": {
                            "any": true,
                            "a/b~c": {},
                            "mixed": { "type": ["string", "integer", "null"] },
                            "nothing": { "type": "null" },
                            "odd": { "type": "strng" },
                            "pair": { "type": "array", "items": [ { "type": "string" } ] },
                            "tuple": { "type": "array", "prefixItems": [] },
                            "list": { "type": "array" },
                            "open": { "type": "object" },
                            "none": { "type": "object", "properties": {} },
                            "both": { "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "string" } },
                            "must": { "properties": { "a": { "type": "string" } }, "required": true },
                            "either": { "oneOf": [ { "type": "string" }, { "type": "integer" } ] },
                            "two": { "$ref": "#/$defs/Node", "properties": { "a": { "type": "string" } } },
                            "far": { "$ref": "https://example.com/address.json" },
                            "wrong": { "$ref": "#/$defs/Nod" },
                            "tree": { "$ref": "#/$defs/Node" },
                            "numbers": { "enum": [1, 2] },
                            "ANY": { "type": "string" }
                          },
                          "$defs": { "Node": { "type": "object", "properties": { "next": { "type": "array", "items": { "$ref": "#/$defs/Node" } } } } } }
                        """))
                .containsExactly(
                        "at /properties/any: is no schema that says a type; write an object such as { \"type\": \"string\" }",
                        "at /properties/a~1b~0c: does not say its type; add \"type\"",
                        "at /properties/mixed: may be string or integer; a column has one type: write one, or " + TEXT,
                        "at /properties/nothing: is always null; leave it out, or say what else it may be",
                        "at /properties/odd: unknown type \"strng\"; did you mean \"string\"? (known: array, boolean, integer, null, number, object, string)",
                        "at /properties/pair: has a schema for each position; the elements of a column have one: write it as \"items\"",
                        "at /properties/tuple: has a schema for each position; the elements of a column have one: write it as \"items\"",
                        "at /properties/list: does not say what its elements are; write \"items\"",
                        "at /properties/open: does not say what its properties are; write \"properties\", or \"additionalProperties\" with the schema of all of them; or "
                                + TEXT,
                        "at /properties/none: has no properties; list some, or " + TEXT,
                        "at /properties/both: has both properties and a schema in additionalProperties; leave that out, and such fields are left out of the columns",
                        "at /properties/must/required: must be a list of names",
                        "at /properties/either: has several schemas in oneOf; a column has one type: write one, or "
                                + TEXT,
                        "at /properties/two: says its type by $ref and properties; a column has one type: put all of it in one of them",
                        "at /properties/far: refers to https://example.com/address.json, which is not in this schema; copy it below \"$defs\", and refer to \"#/$defs/NAME\"",
                        "at /properties/wrong: refers to #/$defs/Nod, which is not there; did you mean \"#/$defs/Node\"? (known: #/$defs/Node)",
                        "at /$defs/Node/properties/next/items: refers to #/$defs/Node within itself; columns have an end: "
                                + TEXT,
                        "at /properties/numbers: does not say its type; add \"type\"",
                        "at /properties/ANY: is there in two cases, which SQL does not tell apart; leave one out",
                        "requires gone, which is not among its properties; add it there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":        | is not JSON: Unexpected end-of-input within/between Object entries, at line 1, column 9
                    {"a":1,"a":2}   | is not JSON: Duplicate field 'a', at line 1, column 11
                    {} {}           | is not a JSON Schema, which is one object and nothing else
                    []              | is not a JSON Schema, which is one object and nothing else
                    {}              | does not say its type; add "type"
                    {"type":"integer"} | describes BIGINT, not an object with properties, which become the columns
                    {"additionalProperties":{"type":"string"}} | describes MAP<STRING, STRING>, not an object with properties, which become the columns
                    """)
    void whatIsNoSchemaOfARecordIsRefused(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @Test
    void aRecordWithinItselfIsRefused() {
        assertThat(problems("{\"properties\":{\"next\":{\"$ref\":\"#\"}}}"))
                .containsExactly("at /properties/next: refers to # within itself; columns have an end: " + TEXT);
    }

    private static StructType columns(String schema) {
        return JsonSchema.columns(schema, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    private static List<String> problems(String schema) {
        List<String> problems = new ArrayList<>();
        assertThat(JsonSchema.columns(schema, problems::add)).isEmpty();
        return problems;
    }
}
