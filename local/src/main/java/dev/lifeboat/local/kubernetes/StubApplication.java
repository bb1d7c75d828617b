package dev.lifeboat.local.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An application's stand-in: {@code /health} is 200 while its database answers it, or always when it has none. */
final class StubApplication implements RunningContainer {
    private final HttpServer server;
    private final Pod pod;
    private final Container container;
    private final DatabaseClient database;
    private volatile boolean alive = true;
    private volatile boolean paused;

    /** @param database null for an application without one */
    StubApplication(String ip, int port, Pod pod, Container container, DatabaseClient database) {
        this.pod = pod;
        this.container = container;
        this.database = database;
        try {
            server = HttpServer.create(new InetSocketAddress(ip, port), 0);
        } catch (IOException e) {
            throw ApiFault.invalid("cannot listen on " + ip + ":" + port + ": " + e.getMessage());
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (paused) {
                // Closes the connection without an answer.
                return;
            }
            String problem = database == null ? null : database.problem();
            boolean health = exchange.getRequestURI().getPath().equals("/health");
            String body = problem == null ? "ok" : "database: " + problem;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Pod", pod.getMetadata().getName());
            exchange.sendResponseHeaders(health && problem != null ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public int exitCode() {
        return 137;
    }

    @Override
    public boolean answers(Probe probe) {
        return NetworkProbe.answers(probe, pod.getStatus().getPodIP(), container);
    }

    @Override
    public void stop() {
        kill();
    }

    @Override
    public void pause(boolean now) {
        paused = now;
        if (database != null) {
            database.pause(now);
        }
    }

    @Override
    public void kill() {
        alive = false;
        server.stop(0);
        if (database != null) {
            database.close();
        }
    }
}
