package io.millrace.kafka.internal.broker;

import java.util.function.Consumer;

/** Asks for the topics of a run once they are to be written, and no more when they are there. Used by one thread. */
public final class AskedOnce implements Consumer<Topics> {

    private final Consumer<Topics> presence;
    private boolean there;

    /** @param presence throws where a topic is not there */
    public AskedOnce(Consumer<Topics> presence) {
        this.presence = presence;
    }

    @Override
    public void accept(Topics topics) {
        if (!there) {
            presence.accept(topics);
            there = true;
        }
    }
}
