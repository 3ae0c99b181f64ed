package io.millrace.examples.crash;

import java.math.BigDecimal;
import org.apache.spark.sql.Row;

/**
 * One event; the numbers of all events differ.
 *
 * @param price zero in an event that does not meet the expectation
 */
record Event(long eventId, long orderId, long number, BigDecimal price) {

    static Event of(Row row) {
        return new Event(
                row.<Long>getAs("event_id"),
                row.<Long>getAs("order_id"),
                row.<Long>getAs("number"),
                row.<BigDecimal>getAs("price"));
    }

    boolean good() {
        return price.signum() > 0;
    }

    String json() {
        return "{\"event_id\":" + eventId + ",\"order_id\":" + orderId + ",\"number\":" + number + ",\"price\":" + price
                + "}";
    }
}
