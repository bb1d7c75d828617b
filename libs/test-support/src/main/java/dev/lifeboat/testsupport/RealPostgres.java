package dev.lifeboat.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real, throw-away PostgreSQL cluster on 127.0.0.1 and a free port, with a superuser who needs a password. It does
 * not outlive the JVM, and leaves nothing on the disk once closed. Thread-safe.
 */
public final class RealPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final Map<String, String> FAST_NOT_SAFE = Map.ofEntries(
            Map.entry("fsync", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("jit", "off"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("wal_level", "minimal"),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("max_prepared_transactions", "10"),
            Map.entry("listen_addresses", "127.0.0.1"));

    private final Path programs;
    private final Path serverPrograms;
    private final UnprivilegedUser user;
    private final Path directory;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final Map<String, String> settings;
    private final boolean checksums;
    private final AtomicInteger databases = new AtomicInteger();
    private final Thread hook = new Thread(this::cleanUp, "postgres-shutdown");
    private ServerProcess server;
    private String left = "";

    private RealPostgres(Map<String, String> settings, boolean ownServer, boolean checksums) {
        this.programs = PostgresPrograms.directory();
        this.user = UnprivilegedUser.current();
        this.directory = user.newDirectory();
        this.serverPrograms = ownServer ? directory.resolve("server/bin") : programs;
        this.port = freePort();
        this.settings = settings;
        this.checksums = checksums;
    }

    /** Starts a cluster and waits until it takes connections. */
    public static RealPostgres start() {
        return start(Map.of());
    }

    /**
     * The same, with more of {@code postgresql.conf}.
     *
     * @param settings parameter name to value
     */
    public static RealPostgres start(Map<String, String> settings) {
        return start(new RealPostgres(fastWith(settings), false, false), null);
    }

    /** The same, with checksums in every page. */
    public static RealPostgres startWithChecksums(Map<String, String> settings) {
        return start(new RealPostgres(fastWith(settings), false, true), null);
    }

    private static Map<String, String> fastWith(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(FAST_NOT_SAFE);
        all.putAll(settings);
        return all;
    }

    /**
     * Starts a cluster of another version than the installed one; psql and the others are the installed ones all the same.
     *
     * @param serverTar an uncompressed tar archive with {@code bin/initdb}, {@code bin/postgres} and what they need; not closed
     */
    public static RealPostgres startOf(InputStream serverTar) {
        return start(new RealPostgres(FAST_NOT_SAFE, true, false), serverTar);
    }

    private static RealPostgres start(RealPostgres postgres, InputStream serverTar) {
        Runtime.getRuntime().addShutdownHook(postgres.hook);
        try {
            if (serverTar != null) {
                postgres.unpack(serverTar);
            }
            postgres.initialise();
            postgres.startServer();
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
        return postgres;
    }

    private void unpack(InputStream serverTar) {
        Path server = directory.resolve("server");
        try {
            Files.createDirectory(server);
            ProcessBuilder tar =
                    new ProcessBuilder("tar", "--extract", "--no-same-owner", "--directory=" + server, "--file=-");
            Process process = tar.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                serverTar.transferTo(stdin);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("tar ended with " + process.exitValue() + " in " + server);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack a server into " + server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while unpacking a server", e);
        }
    }

    private void initialise() {
        Path passwordFile = directory.resolve("password");
        try {
            Files.writeString(passwordFile, password);
            // Root wrote it, another user reads it; it goes away at once.
            passwordFile.toFile().setReadable(true, false);
            List<String> command = new ArrayList<>(List.of(
                    serverPrograms.resolve("initdb").toString(),
                    "--pgdata=" + dataDirectory(),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync"));
            if (checksums) {
                command.add("--data-checksums");
            }
            asUser(command).orFail();
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + passwordFile, e);
        }
    }

    /** Starts the server again after {@link #stop}, on the same port with the same data. */
    public synchronized void startServer() {
        startServerWithout("");
    }

    /** The same, but leaves one of the settings it was started with to the configuration file. */
    synchronized void startServerWithout(String setting) {
        left = setting.isEmpty() ? left : setting;
        List<String> command = new ArrayList<>(List.of(
                serverPrograms.resolve("postgres").toString(),
                "-D",
                dataDirectory().toString()));
        command.addAll(List.of("-p", Integer.toString(port), "-k", directory.toString()));
        settings.forEach((name, value) -> {
            if (!name.equals(left)) {
                command.addAll(List.of("-c", name + "=" + value));
            }
        });
        server = ServerProcess.start(user.serverCommand(command), directory.resolve("server.log"));
        server.awaitReady(() -> connect("postgres").close());
    }

    /** Stops the server at once, as a crash would; the data stay. */
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /** Stops its main process, which then takes connections and answers none, until {@link #resume}. */
    public synchronized void pause() {
        server.signal("-STOP");
    }

    /** Lets a paused server go on. */
    public synchronized void resume() {
        server.signal("-CONT");
    }

    /** Stops the server and removes its data. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and cleans up as we do.
        }
        cleanUp();
    }

    private void cleanUp() {
        stop();
        deleteTree(directory);
    }

    public int port() {
        return port;
    }

    public String host() {
        return "127.0.0.1";
    }

    public String superuser() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    /** The directory of initdb, psql, pg_dump and the others. */
    public Path bin() {
        return programs;
    }

    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** What it was started with, beside its configuration files. */
    Map<String, String> settings() {
        return settings;
    }

    /** Where its Unix socket lies. */
    public Path socketDirectory() {
        return directory;
    }

    /** What the server has logged so far. */
    public String log() {
        try {
            return Files.readString(directory.resolve("server.log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** Connects as the superuser. */
    public Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, password);
    }

    /** Connects as anyone. */
    public Connection connect(String database, String role, String rolePassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", rolePassword);
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(url(database), properties);
    }

    /** Creates an empty database with a name of its own. */
    public String createDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name, e);
        }
        return name;
    }

    /**
     * Runs one of PostgreSQL's programs as the caller (not as the server's user), as the superuser of this cluster.
     *
     * @param program such as {@code pg_dump}
     */
    public ProgramResult run(String program, String... arguments) {
        return runWithInput(new byte[0], program, arguments);
    }

    /** Runs a script through psql, which stops at the first error; fails when one of its statements fails. */
    public ProgramResult psql(String database, String script) {
        return runWithInput(
                        script.getBytes(StandardCharsets.UTF_8),
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--dbname=" + database)
                .orFail();
    }

    private ProgramResult runWithInput(byte[] input, String program, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(program(program));
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment());
        return Programs.run(builder, input);
    }

    /** What libpq's programs need to reach this cluster as its superuser. */
    public Map<String, String> environment() {
        return Map.of("PGHOST", host(), "PGPORT", Integer.toString(port), "PGUSER", SUPERUSER, "PGPASSWORD", password);
    }

    private ProgramResult asUser(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(user.command(command));
        builder.directory(directory.toFile());
        return Programs.run(builder, new byte[0]);
    }

    private String program(String name) {
        return programs.resolve(name).toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on 127.0.0.1", e);
        }
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + root, e);
        }
    }
}
