package dev.lifeboat.orchestrator.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that find out when their peer is gone, so that a node that vanished holds no function until its time is up. Who waits for an
 * answer, however long an index takes, asks the peer's kernel by keep-alive: after 10 s of silence, then every 5 s, and gives up at
 * the fourth question. Keep-alive asks nothing while data is under way, and Linux goes on sending that for a quarter of an hour: so a
 * write that gets nowhere for a minute ends the connection. The driver makes it by its class's name. Thread-safe.
 */
public final class WatchedSocketFactory extends SocketFactory {
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(1);
    private static final int IDLE_SECONDS = 10;
    private static final int INTERVAL_SECONDS = 5;
    private static final int QUESTIONS = 4;

    private final Duration longestWrite;

    /** As the driver needs it. */
    public WatchedSocketFactory() {
        this(LONGEST_WRITE);
    }

    WatchedSocketFactory(Duration longestWrite) {
        this.longestWrite = longestWrite;
    }

    @Override
    public Socket createSocket() {
        try {
            Socket socket = new WatchedSocket(longestWrite);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            // macOS and Windows know them too, other systems not: their own keep-alive does there.
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
            }
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("No socket can be made", e);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(local, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }
}
