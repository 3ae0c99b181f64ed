package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What a scalar is by the core schema of YAML 1.2. What would not be written the same again stays a text: 007 is no seven. */
final class YamlScalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Longer ones are no numbers anybody counts with. */
    private static final int LONGEST_NUMBER = 64;

    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();

    /** Returns the value of a scalar that is written without quotes. */
    JsonNode plain(String text) {
        Tag tag = resolver.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        if (tag.equals(Tag.INT) && text.length() <= LONGEST_NUMBER) {
            return whole(text);
        }
        if (tag.equals(Tag.FLOAT) && text.length() <= LONGEST_NUMBER) {
            return decimal(text);
        }
        return NODES.textNode(text);
    }

    private static JsonNode whole(String text) {
        if (text.startsWith("0x") || text.startsWith("0o")) {
            return number(new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
        }
        BigInteger value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
        return value.toString().equals(text) ? number(value) : NODES.textNode(text);
    }

    private static JsonNode number(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static JsonNode decimal(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            return value.toString().equals(text) ? DecimalNode.valueOf(value) : NODES.textNode(text);
        } catch (NumberFormatException infiniteOrNone) {
            return NODES.textNode(text);
        }
    }
}
