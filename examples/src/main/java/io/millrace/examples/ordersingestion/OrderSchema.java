package io.millrace.examples.ordersingestion;

/** What the shop's systems know of orders: at first, and when they have learnt of currencies. */
final class OrderSchema {

    static final String FIRST = of("");

    /** Those who know the first can be read by those who know this one, and the other way round. */
    static final String WITH_CURRENCY = of(", { \"name\": \"currency\", \"type\": \"string\", \"default\": \"EUR\" }");

    static final String PAYMENT =
            """
            { "type": "record", "name": "Payment", "namespace": "shop", "fields": [
              { "name": "payment_id", "type": "long" }, { "name": "amount", "type": "double" } ] }""";

    private OrderSchema() {}

    private static String of(String more) {
        return """
               { "type": "record", "name": "Order", "namespace": "shop", "fields": [
                 { "name": "order_id", "type": "long" },
                 { "name": "customer", "type": "string" },
                 { "name": "description", "type": ["null", "string"], "default": null },
                 { "name": "price", "type": "double" },
                 { "name": "products", "type": { "type": "array", "items": {
                   "type": "record", "name": "Product", "fields": [
                     { "name": "name", "type": "string" }, { "name": "price", "type": "double" } ] } } }%s ] }"""
                .formatted(more);
    }
}
