package io.millrace.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The way to a server that speaks no TLS itself, for those who have a certificate. */
final class TlsTunnel implements AutoCloseable {

    private final int target;
    private final SSLServerSocket entrance;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Opens it.
     *
     * @param context the key of the server, and whom it knows
     * @param target the server's port
     */
    TlsTunnel(SSLContext context, int target) {
        this.target = target;
        try {
            ServerSocket socket =
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.entrance = (SSLServerSocket) socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        entrance.setNeedClientAuth(true);
        threads.execute(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Returns how many there were, refused ones included. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket client = (SSLSocket) entrance.accept();
                connections.incrementAndGet();
                threads.execute(() -> pass(client));
            }
        } catch (IOException closed) {
            // the tunnel is
        }
    }

    private void pass(SSLSocket client) {
        try (client) {
            client.startHandshake();
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                threads.execute(() -> copy(client, server));
                copy(server, client);
            }
        } catch (IOException refused) {
            // the client has been told
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // by the other end
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        threads.shutdownNow();
    }
}
