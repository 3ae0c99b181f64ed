package io.millrace.examples.quickstart;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Something that happened to an order.
 *
 * @param orderId which order
 * @param customer who ordered
 * @param status placed, paid, shipped, delivered or cancelled
 * @param price of the order, as it is since then
 * @param updatedAt when it happened; no two events of an order have the same time
 */
record OrderEvent(long orderId, String customer, String status, BigDecimal price, Instant updatedAt) {

    String json() {
        return "{\"order_id\":" + orderId + ",\"customer\":\"" + customer + "\",\"status\":\"" + status
                + "\",\"price\":" + price.toPlainString() + ",\"updated_at\":\"" + updatedAt + "\"}";
    }
}
