package dev.lifeboat.local.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port on loopback that speaks TLS, for clients that speak nothing else. Its address is known before what answers there has started: until
 * then it says 503, as a load balancer without a target does. Thread-safe.
 */
public final class SecureEndpoint implements AutoCloseable {
    private final HttpsServer server;
    private final Path authority;
    private final ExecutorService threads;
    private volatile HttpHandler handler = SecureEndpoint::unavailable;

    private SecureEndpoint(HttpsServer server, Path authority, ExecutorService threads) {
        this.server = server;
        this.authority = authority;
        this.threads = threads;
    }

    /**
     * Listens.
     *
     * @param directory where the certificate goes that clients have to trust; they have to reach it
     */
    public static SecureEndpoint open(LoopbackCertificate certificate, Path directory) {
        try {
            Path authority = Files.writeString(
                    Files.createDirectories(directory).resolve("loopback-ca.crt"), certificate.authorityPem());
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "TLS endpoint");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            SecureEndpoint endpoint = new SecureEndpoint(server, authority, threads);
            server.createContext("/", exchange -> endpoint.handler.handle(exchange));
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on loopback with TLS", e);
        }
    }

    private static void unavailable(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(503, -1);
        }
    }

    /** From now on this answers. */
    public void serve(HttpHandler answers) {
        handler = answers;
    }

    /** Where it listens. */
    public String host() {
        return "127.0.0.1";
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The PEM file of what a client has to trust. */
    public Path authority() {
        return authority;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
