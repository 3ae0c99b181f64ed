package io.millrace.internal.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that notes again and again that the owner of claims lives, until it is closed. */
public final class OwnerHeartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerHeartbeat.class);
    private static final long SECONDS = OwnerLifeSigns.LEASE.toSeconds() / 8;

    private final OwnerLifeSigns beats;
    private final Owner owner;
    private final ScheduledExecutorService heart;
    private final Future<?> nextBeats;

    private OwnerHeartbeat(OwnerLifeSigns beats, Owner owner) {
        this.beats = beats;
        this.owner = owner;
        this.heart = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "millrace-owner-" + owner.token());
            thread.setDaemon(true);
            return thread;
        });
        this.nextBeats = heart.scheduleWithFixedDelay(this::beat, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Notes that an owner lives, now and from now on; where the first note fails, so does this. */
    public static OwnerHeartbeat start(OwnerLifeSigns beats, Owner owner) {
        beats.beat(owner);
        return new OwnerHeartbeat(beats, owner);
    }

    /** A storage that does not answer for once does not end the claims. */
    private void beat() {
        try {
            beats.beat(owner);
        } catch (RuntimeException unanswered) {
            LOG.warn("that {} lives could not be noted; it is tried again", owner, unanswered);
        }
    }

    /** Stops, and forgets the owner, who holds no claim any more. */
    @Override
    public void close() {
        nextBeats.cancel(false);
        heart.shutdown();
        beats.stop(owner);
    }
}
