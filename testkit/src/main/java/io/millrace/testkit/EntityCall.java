package io.millrace.testkit;

import java.util.Optional;
import java.util.stream.Stream;

/** The calls of the entity protocol. */
public enum EntityCall {
    /** How is this batch to be written? */
    PLAN("POST", "/writeExecutionPlan"),
    /** Rows of one partition. */
    STREAM("POST", "/data/stream"),
    /** The writing has ended. */
    COMPLETE("POST", "/data/complete"),
    /** Is the batch committed? */
    COMMITTED("GET", "/data/committed");

    private final String method;
    private final String path;

    EntityCall(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Optional<EntityCall> at(String path) {
        return Stream.of(values()).filter(call -> call.path.equals(path)).findFirst();
    }

    String method() {
        return method;
    }
}
