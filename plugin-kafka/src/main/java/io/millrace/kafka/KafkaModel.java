package io.millrace.kafka;

import io.millrace.config.ConfigSection;
import io.millrace.kafka.internal.broker.Connection;
import io.millrace.kafka.internal.broker.Offsets;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.kafka.internal.decode.Decoders;
import io.millrace.kafka.internal.decode.RecordDecoder;
import io.millrace.kafka.internal.encode.Encoding;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code kafka}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param maxOffsetsPerTrigger null for no limit
 */
record KafkaModel(
        Connection connection,
        Topics topics,
        Offsets starting,
        Offsets ending,
        @Nullable Long maxOffsetsPerTrigger,
        boolean failOnDataLoss,
        boolean dropRepeats,
        RecordDecoder decoder,
        Encoding encoding) {

    static final List<OptionDescription> OPTIONS = List.of(
            new OptionDescription(
                    "bootstrap-servers", "host:port, or a list of them", "required", "Brokers that are asked first."),
            new OptionDescription(
                    "topic", "text", "", "The topic. One of topic, topics, topic-pattern, assign; to write, this one."),
            new OptionDescription("topics", "list of texts", "", "Several topics."),
            new OptionDescription(
                    "topic-pattern",
                    "regular expression",
                    "",
                    "All topics whose whole name matches, those that are made later too."),
            new OptionDescription(
                    "assign", "object of lists of numbers", "", "Some partitions only: { orders = [0, 1] }."),
            new OptionDescription(
                    "starting-offsets",
                    "earliest | latest | { TOPIC { PARTITION = OFFSET } }",
                    "earliest",
                    "Where a batch run starts, and a stream that has no checkpoint yet. A partition that is not listed starts at its earliest"
                            + " offset."),
            new OptionDescription(
                    "ending-offsets",
                    "latest | { TOPIC { PARTITION = OFFSET } }",
                    "latest",
                    "Where a batch run ends, each offset excluded. Streams do not look at it."),
            new OptionDescription(
                    "max-offsets-per-trigger",
                    "number",
                    "",
                    "How many records one micro-batch of a stream takes at most, of all partitions together."),
            new OptionDescription(
                    "fail-on-data-loss",
                    "true | false",
                    "true",
                    "Whether a stream fails where offsets it has not read yet are gone, or goes on with those that are there."),
            new OptionDescription(
                    "drop-repeats",
                    "true | false",
                    "false",
                    "Whether a record that Millrace has sent twice (same header millrace-id) is read once: in a batch run among all it reads, in a"
                            + " stream among those of ten minutes, by their timestamps."),
            new OptionDescription(
                    "decode.format",
                    "string | binary | json | avro | confluent-avro",
                    "binary",
                    "What a record is. string and binary give the columns key and value, the others those of the schema."),
            new OptionDescription(
                    "decode.schema",
                    "columns as in CREATE TABLE, or an Avro schema",
                    "",
                    "The fields of the value: for json in DDL, where a record without a NOT NULL field is malformed; for avro the schema all"
                            + " records were written with; for confluent-avro the schema they are read as, instead of the subject's."),
            new OptionDescription("decode.schema-file", "path", "", "A file with the Avro schema."),
            new OptionDescription(
                    "decode.json-schema",
                    "JSON Schema, as text",
                    "",
                    "For json, instead of schema: the fields, as a JSON Schema."),
            new OptionDescription("decode.json-schema-file", "path", "", "A file with the JSON Schema."),
            new OptionDescription(
                    "decode.sample",
                    "JSON objects, as text",
                    "",
                    "For json, instead of schema: values from which Spark infers the fields."),
            new OptionDescription("decode.sample-file", "path", "", "A file with such values."),
            new OptionDescription(
                    "decode.registry.url",
                    "http or https URL",
                    "required for confluent-avro",
                    "A registry that speaks Confluent's REST protocol, such as http://localhost:8081."),
            new OptionDescription(
                    "decode.registry.basic-auth",
                    "{ user = …, password = … }",
                    "",
                    "A name and a password for the registry. Shown nowhere."),
            new OptionDescription(
                    "decode.registry.bearer-token", "text", "", "A token for the registry. Shown nowhere."),
            new OptionDescription(
                    "decode.registry.tls",
                    "{ truststore, truststore-password, keystore, keystore-password }",
                    "what the JVM trusts",
                    "Whom to trust, and who we are, in JKS or PKCS#12 files on the driver."),
            new OptionDescription(
                    "decode.registry.connect-timeout",
                    "duration",
                    "5s",
                    "How long a connection to the registry may take."),
            new OptionDescription(
                    "decode.registry.request-timeout",
                    "duration",
                    "10s",
                    "How long an answer of the registry may take."),
            new OptionDescription(
                    "decode.registry.retries",
                    "number",
                    "4",
                    "How often the registry is asked again where it is not reached, or answers with a status of 500 and above or 429."),
            new OptionDescription(
                    "decode.registry.retry-pause",
                    "duration",
                    "500ms",
                    "How long to wait before asking again; each further pause is twice as long, up to eight times."),
            new OptionDescription(
                    "decode.subject",
                    "text",
                    "TOPIC-value",
                    "The subject whose newest schema the rows have. Needed where there are several topics."),
            new OptionDescription(
                    "decode.version", "number", "the newest", "The version of the subject whose schema the rows have."),
            new OptionDescription(
                    "decode.options", "object of texts", "", "Passed to Spark's from_json, such as timestampFormat."),
            new OptionDescription(
                    "decode.null-value",
                    "dead-letter | keep",
                    "dead-letter",
                    "Whether a record without a value cannot be decoded, or becomes a row of nulls."),
            new OptionDescription(
                    "key", "expression in SQL", "", "The key of a record that is written; without it there is none."),
            new OptionDescription(
                    "headers", "object of expressions in SQL", "", "Headers of a record that is written."),
            new OptionDescription(
                    "encode.format",
                    "json | string | binary | confluent-avro",
                    "json",
                    "The value of a record that is written: all columns as a JSON object, or the column value as text or bytes, or all columns as Avro"
                            + " after the id of its schema, which is registered."),
            new OptionDescription(
                    "encode.registry",
                    "as decode.registry",
                    "required for confluent-avro",
                    "Where the schema is registered."),
            new OptionDescription(
                    "encode.subject", "text", "TOPIC-value", "The subject under which the schema is registered."),
            new OptionDescription(
                    "encode.record", "text", "Record", "The name of the Avro record, such as shop.Order."),
            new OptionDescription(
                    "kafka",
                    "object of texts",
                    "",
                    "Passed to Kafka's clients, such as security.protocol. Values are shown nowhere."),
            new OptionDescription(
                    "timeout",
                    "duration",
                    "20s",
                    "How long the first answer of the brokers may take when a run starts."));

    /** Returns the same for the batches that one run writes. */
    KafkaModel ofRun() {
        return new KafkaModel(
                connection,
                topics,
                starting,
                ending,
                maxOffsetsPerTrigger,
                failOnDataLoss,
                dropRepeats,
                decoder,
                encoding.ofRun());
    }

    /** Returns the one topic, where it is written. */
    String topic() {
        return topics.single().orElseThrow();
    }

    /** Decodes a value; empty where something is wrong, which is noted on it. */
    static Optional<KafkaModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        Connection connection = Connection.decode(value);
        Topics topics = Topics.decode(value);
        Offsets starting = Offsets.decode(value, "starting-offsets").orElse(Offsets.EARLIEST);
        Offsets ending = Offsets.decode(value, "ending-offsets").orElse(Offsets.LATEST);
        if ("earliest".equals(ending.word())) {
            value.problem("ending-offsets", "cannot be earliest: nothing would be read");
        }
        Optional<Long> limit = value.optionalLong("max-offsets-per-trigger");
        limit.filter(number -> number < 1)
                .ifPresent(number -> value.problem("max-offsets-per-trigger", "must be positive, not " + number));
        boolean failOnDataLoss = value.optionalBoolean("fail-on-data-loss").orElse(true);
        boolean dropRepeats = value.optionalBoolean("drop-repeats").orElse(false);
        Encoding encoding = Encoding.decode(context, topics);
        Optional<RecordDecoder> decoder = Decoders.decode(value, topics);
        return value.build(() -> new KafkaModel(
                connection,
                topics,
                starting,
                ending,
                limit.orElse(null),
                failOnDataLoss,
                dropRepeats,
                decoder.orElseThrow(),
                encoding));
    }
}
