package io.millrace.internal.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.UUID;

/**
 * Who holds a claim.
 *
 * @param host the machine
 * @param process the process id on it
 * @param started when that process began, which tells it from a later one of the same id; milliseconds of the machine's clock
 * @param token the claim's own; no other claim has it
 */
public record Owner(String host, long process, long started, String token) {

    /** Returns this process, with a token for a new claim. */
    public static Owner here() {
        ProcessHandle me = ProcessHandle.current();
        return new Owner(hostName(), me.pid(), started(me), UUID.randomUUID().toString());
    }

    /** Returns it as a text, which {@link #parse} reads. */
    public String format() {
        return host + "/" + process + "/" + started + "/" + token;
    }

    /**
     * Reads a text of {@link #format}.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Owner parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("\"" + text + "\" names no owner of a claim");
        }
        return new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
    }

    /** Returns whether it is a process of this machine, of which can be said for certain whether it lives. */
    boolean ofThisHost() {
        return host.equals(hostName());
    }

    /** Returns whether it is this process. */
    boolean ofThisProcess() {
        ProcessHandle me = ProcessHandle.current();
        return ofThisHost() && process == me.pid() && started == started(me);
    }

    /** Returns whether the process runs; to be asked on its own machine. */
    boolean runs() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(there -> started(there) == started)
                .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Returns who it is, for people. */
    @Override
    public String toString() {
        return ofThisProcess() ? "this process" : "process " + process + (ofThisHost() ? "" : " on " + host);
    }
}
