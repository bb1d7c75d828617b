package dev.lifeboat.orchestrator.connection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A socket that is closed when one of its writes gets nowhere: a time limit of a socket's own counts for reading alone. */
final class WatchedSocket extends Socket {
    private static final Logger LOG = Logger.getLogger(WatchedSocket.class);
    private static final long LOOK_MILLIS = 500;
    private static final Set<WatchedSocket> WRITING = ConcurrentHashMap.newKeySet();
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "watched-sockets");
        thread.setDaemon(true);
        return thread;
    });

    static {
        var unused = WATCH.scheduleWithFixedDelay(
                () -> WRITING.forEach(WatchedSocket::look), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final long longestWrite;
    private volatile long since;

    WatchedSocket(Duration longestWrite) {
        this.longestWrite = longestWrite.toNanos();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                since = System.nanoTime();
                WRITING.add(WatchedSocket.this);
                try {
                    out.write(bytes, offset, length);
                } finally {
                    WRITING.remove(WatchedSocket.this);
                }
            }
        };
    }

    private void look() {
        if (System.nanoTime() - since > longestWrite) {
            LOG.warnf(
                    "%s took no data for %d s: the connection is closed",
                    getRemoteSocketAddress(), longestWrite / 1_000_000_000);
            WRITING.remove(this);
            try {
                close();
            } catch (IOException e) {
                LOG.debug("It was closed already", e);
            }
        }
    }
}
