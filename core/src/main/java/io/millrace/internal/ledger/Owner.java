package io.millrace.internal.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Who holds a claim.
 *
 * @param host where the process id counts: the machine, and on Linux, after a tilde, which start of it and which namespace of process ids, because
 *     containers may have their machine's name, and each a process 1
 * @param process the process id there
 * @param started when that process began, which tells it from a later one of the same id: ticks since the machine's start where that can be known, which
 *     stay when its clock is set; else milliseconds of its clock
 * @param token the claim's own; no other claim has it
 */
public record Owner(String host, long process, long started, String token) {

    private static final long UNKNOWN = 0;
    private static final String HERE = here(hostName());

    /** Returns this process, with a token for a new claim. */
    public static Owner here() {
        ProcessHandle me = ProcessHandle.current();
        return new Owner(HERE, me.pid(), started(me), UUID.randomUUID().toString());
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

    /** Returns whether it is a process of this machine and container, of which can be said for certain whether it lives. */
    boolean ofThisHost() {
        return host.equals(HERE);
    }

    /** Returns whether it is this process. */
    boolean ofThisProcess() {
        ProcessHandle me = ProcessHandle.current();
        return ofThisHost() && process == me.pid() && started == started(me);
    }

    /** Returns whether the process runs, or may: one of another user may not be looked at. To be asked on its own machine. */
    boolean runs() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(there -> mayHaveStarted(started(there)))
                .isPresent();
    }

    private boolean mayHaveStarted(long when) {
        return when == started || when == UNKNOWN;
    }

    /** See proc_pid_stat(5): the twenty-second field, of which the second is a name in brackets that may have any characters. */
    static long started(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
        } catch (IOException notLinux) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(UNKNOWN);
        }
    }

    private static String here(String name) {
        try {
            String start =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return name + "~" + Integer.toHexString((start + namespace).hashCode());
        } catch (IOException | UnsupportedOperationException notLinux) {
            return name;
        }
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
        return ofThisProcess()
                ? "this process"
                : "process " + process + (ofThisHost() ? "" : " on " + host.replaceFirst("~.*", ""));
    }
}
