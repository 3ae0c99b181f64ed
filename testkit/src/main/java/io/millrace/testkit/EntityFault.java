package io.millrace.testkit;

import java.time.Duration;

/** How a call to an {@link EntityServer} goes wrong. */
public sealed interface EntityFault {

    /** Answers with a status and a body, and does nothing else. */
    static EntityFault status(int status, String body) {
        return new Status(status, body);
    }

    /** Does nothing and answers 200 with this body. */
    static EntityFault answer(String body) {
        return new Status(200, body);
    }

    /** Never answers; the call is let go when the server closes. */
    static EntityFault hang() {
        return new Hang();
    }

    /** Sends the head of an answer and never its body. */
    static EntityFault hangInBody() {
        return new HangInBody();
    }

    /** Never reads the body of the call, which is not counted as received. */
    static EntityFault readNothing() {
        return new ReadNothing();
    }

    /** Answers rightly, but late. */
    static EntityFault slow(Duration delay) {
        return new Slow(delay);
    }

    /** Closes the connection without an answer. */
    static EntityFault disconnect() {
        return new Disconnect();
    }

    /** Does what it should, and closes the connection without an answer. */
    static EntityFault disconnectAfterwards() {
        return new DisconnectAfterwards();
    }

    /** Made by {@link #status} and {@link #answer}. */
    record Status(int code, String body) implements EntityFault {}

    /** Made by {@link #hang}. */
    record Hang() implements EntityFault {}

    /** Made by {@link #hangInBody}. */
    record HangInBody() implements EntityFault {}

    /** Made by {@link #readNothing}. */
    record ReadNothing() implements EntityFault {}

    /** Made by {@link #slow}. */
    record Slow(Duration delay) implements EntityFault {}

    /** Made by {@link #disconnect}. */
    record Disconnect() implements EntityFault {}

    /** Made by {@link #disconnectAfterwards}. */
    record DisconnectAfterwards() implements EntityFault {}
}
