package io.millrace.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.Counts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the quickstart must make of what arrives, computed without Spark: line by line, micro-batch by micro-batch. */
final class ExpectedOrders {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<OrderEvent> events = new ArrayList<>();
    private final Map<Long, OrderEvent> orders = new HashMap<>();
    private final List<String> undecodable = new ArrayList<>();
    private final List<String> withoutPrice = new ArrayList<>();
    private Counts kept = Counts.NONE;
    private Counts upserted = Counts.NONE;

    /** Takes the lines of one micro-batch. */
    void batch(List<String> lines) {
        Map<Long, OrderEvent> winners = new HashMap<>();
        long collapsed = 0;
        for (String line : lines) {
            Optional<OrderEvent> event = event(line);
            if (event.isEmpty()) {
                undecodable.add(line);
            } else if (event.get().price().signum() <= 0) {
                withoutPrice.add(line);
                kept = kept.plus(new Counts(0, 0, 1, 0, 0));
                upserted = upserted.plus(new Counts(0, 1, 0, 0, 0));
            } else {
                events.add(event.get());
                kept = kept.plus(Counts.committed(1));
                collapsed += winners.containsKey(event.get().orderId()) ? 1 : 0;
                winners.merge(event.get().orderId(), event.get(), ExpectedOrders::newer);
            }
        }
        for (OrderEvent winner : winners.values()) {
            boolean stale = orders.containsKey(winner.orderId())
                    && orders.get(winner.orderId()).updatedAt().isAfter(winner.updatedAt());
            upserted = upserted.plus(stale ? new Counts(0, 0, 0, 1, 0) : Counts.committed(1));
            orders.merge(winner.orderId(), winner, ExpectedOrders::newer);
        }
        upserted = upserted.plus(new Counts(0, 0, 0, 0, collapsed));
    }

    /** Returns every event that is to be kept, as often as it arrived. */
    List<OrderEvent> events() {
        return events;
    }

    /** Returns the newest event of each order. */
    Map<Long, OrderEvent> orders() {
        return orders;
    }

    List<String> undecodable() {
        return undecodable;
    }

    List<String> withoutPrice() {
        return withoutPrice;
    }

    Counts kept() {
        return kept;
    }

    Counts upserted() {
        return upserted;
    }

    private static Optional<OrderEvent> event(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return event.path("price").isNumber()
                    ? Optional.of(new OrderEvent(
                            event.path("order_id").asLong(),
                            event.path("customer").asText(),
                            event.path("status").asText(),
                            new BigDecimal(event.path("price").asText()).setScale(2),
                            Instant.parse(event.path("updated_at").asText())))
                    : Optional.empty();
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        }
    }

    private static OrderEvent newer(OrderEvent one, OrderEvent other) {
        return other.updatedAt().isAfter(one.updatedAt()) ? other : one;
    }
}
