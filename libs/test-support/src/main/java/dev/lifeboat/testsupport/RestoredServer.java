package dev.lifeboat.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What pgBackRest has restored beside a {@link RealPostgres}: a server on a port of its own, which archives nothing. */
public final class RestoredServer implements AutoCloseable {
    private final RealPostgres original;
    private final Path directory;
    private final int port = freePort();
    private ServerProcess server;

    private RestoredServer(RealPostgres original, Path directory) {
        this.original = original;
        this.directory = directory;
    }

    static RestoredServer start(
            RealPostgres original, UnprivilegedUser user, RealPgBackRest pgBackRest, String... options) {
        RestoredServer restored = new RestoredServer(original, user.newDirectory());
        try {
            List<String> arguments = new ArrayList<>(List.of("--pg1-path=" + restored.data()));
            arguments.addAll(List.of(options));
            pgBackRest.run("restore", arguments.toArray(String[]::new)).orFail();
            restored.recover(user);
        } catch (RuntimeException e) {
            restored.close();
            throw e;
        }
        return restored;
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void recover(UnprivilegedUser user) {
        Map<String, String> settings = new LinkedHashMap<>(original.settings());
        settings.remove("archive_command");
        settings.put("archive_mode", "off");
        List<String> command = new ArrayList<>(List.of(
                original.bin().resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-k",
                directory.toString()));
        // Recovery refuses smaller limits than those of the server that wrote the WAL.
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        server = ServerProcess.start(user.serverCommand(command), directory.resolve("server.log"));
        server.awaitReady(() -> {
            try (Connection connection = connect("postgres");
                    ResultSet row = connection.createStatement().executeQuery("SELECT pg_is_in_recovery()")) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new SQLException("It still recovers");
                }
            }
        });
    }

    /** Connects as the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, original.superuser(), original.password());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on 127.0.0.1", e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
