package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Whether the network leads to PostgreSQL's port: the kernel takes a connection even when PostgreSQL hangs. */
final class PortLook {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private PortLook() {}

    static void look(PostgresLogin server, Findings<Look> findings) {
        String port = "port " + server.port() + " of " + server.host();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), (int) LIMIT.toMillis());
            findings.yes(Look.PORT_OPEN, "A connection to " + port + " is taken.");
        } catch (SocketTimeoutException e) {
            findings.no(
                    Look.PORT_OPEN, "No connection to " + port + " comes about within " + LIMIT.toSeconds() + " s.");
        } catch (IOException e) {
            findings.no(Look.PORT_OPEN, "No connection to " + port + " comes about: " + e.getMessage() + ".");
        }
    }
}
