package dev.lifeboat.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between a client and a TCP server, and lets everything through until it swallows: from then on it neither reads nor writes nor
 * closes, as a host that has vanished. It still accepts, which a vanished host does not.
 */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean swallowing;

    private BlackHole(ServerSocket listener, String host, int port) {
        this.listener = listener;
        this.host = host;
        this.port = port;
    }

    /** Starts one in front of a server, on a free port of 127.0.0.1. */
    public static BlackHole before(String host, int port) {
        try {
            BlackHole hole = new BlackHole(
                    new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), host, port);
            daemon(hole::accept);
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes any more. */
    public void swallow() {
        swallowing = true;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Socket server = new Socket(host, port);
                open.add(server);
                daemon(() -> pass(client, server));
                daemon(() -> pass(server, client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (swallowing) {
                    closed.await();
                }
                out.write(buffer, 0, read);
            }
            if (swallowing) {
                closed.await();
            }
        } catch (IOException e) {
            // One of the two went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "black-hole");
        thread.setDaemon(true);
        thread.start();
    }
}
