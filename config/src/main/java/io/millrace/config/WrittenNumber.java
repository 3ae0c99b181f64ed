package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Numbers as somebody wrote them. Where a text is meant, what counts is what is written: 1.10 is not 1.1, and 007 is no seven. So a number that would
 * not be written the same again is kept as its text, and whoever wants a number finds it there.
 */
public final class WrittenNumber {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Longer ones are no numbers anybody counts with. */
    private static final int LONGEST = 64;
    /** Beyond any double. Written out, such a number would fill the memory. */
    private static final int MOST_ZEROS = 400;

    private WrittenNumber() {}

    /** Returns the value of a number that is written without quotes: one whose {@link JsonNode#asText()} is its very text. */
    static JsonNode node(String text) {
        Optional<BigDecimal> number = decimal(text);
        if (number.isEmpty()) {
            return NODES.textNode(text);
        }
        BigDecimal value = number.get();
        if (value.scale() == 0 && value.toString().equals(text)) {
            return whole(value.unscaledValue());
        }
        if (Double.toString(value.doubleValue()).equals(text)) {
            return NODES.numberNode(value.doubleValue());
        }
        return value.toString().equals(text) ? DecimalNode.valueOf(value) : NODES.textNode(text);
    }

    /** Whole numbers become int or long, so that equal numbers from a text and from Java are equal nodes. */
    private static JsonNode whole(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    /** Returns the number that a value is, or that its text says; empty where it says none. */
    public static Optional<BigDecimal> decimal(JsonNode value) {
        return value.isNumber() || value.isTextual() ? decimal(value.asText().strip()) : Optional.empty();
    }

    /** Returns the whole number of 64 bits that a value is, or that its text says, such as 20, 1e3 or 20.0; empty where it says none. */
    public static Optional<Long> whole(JsonNode value) {
        try {
            return decimal(value).map(BigDecimal::longValueExact);
        } catch (ArithmeticException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> decimal(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (text.matches("0x\\p{XDigit}+|0o[0-7]+")) {
                return Optional.of(new BigDecimal(new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8)));
            }
            return Optional.of(new BigDecimal(text)).filter(value -> Math.abs(value.scale()) <= MOST_ZEROS);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
