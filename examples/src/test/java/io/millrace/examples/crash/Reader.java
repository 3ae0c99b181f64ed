package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Somebody who reads the table of orders while others write it: sees the state after some file, and never an older one than before. */
final class Reader {

    private final Target target;
    private final Incoming incoming;
    private int seen;
    private int reads;

    Reader(Target target, Incoming incoming) {
        this.target = target;
        this.incoming = incoming;
    }

    void read() {
        target.orders().ifPresent(orders -> {
            List<Map<Long, Event>> states = incoming.states();
            assertThat(states.subList(seen, states.size())).contains(orders);
            seen = states.indexOf(orders);
            reads++;
        });
    }

    int reads() {
        return reads;
    }
}
