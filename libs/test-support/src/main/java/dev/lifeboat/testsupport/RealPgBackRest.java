package dev.lifeboat.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A real pgBackRest that archives a {@link RealPostgres} and backs it up, into a repository in a directory of its own unless it is told
 * otherwise. The server has to run with {@link #SETTINGS}. Not thread-safe.
 */
public final class RealPgBackRest implements AutoCloseable {
    /** The stanza's name. */
    public static final String STANZA = "lifeboat";

    /** What {@link RealPostgres#start(Map)} has to be given: an empty archive_command keeps WAL until there is one. */
    public static final Map<String, String> SETTINGS = Map.of(
            "wal_level",
            "replica",
            "archive_mode",
            "on",
            "archive_command",
            "",
            "full_page_writes",
            "on",
            "fsync",
            "on");

    private final RealPostgres postgres;
    private final UnprivilegedUser user = UnprivilegedUser.current();
    private final Path directory = user.newDirectory();

    private RealPgBackRest(RealPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Creates the stanza and has the server archive.
     *
     * @param options of pgbackrest.conf, without the section; a repo1-path takes the place of the directory
     */
    public static RealPgBackRest attach(RealPostgres postgres, Map<String, String> options) {
        requireInstalled();
        RealPgBackRest pgBackRest = new RealPgBackRest(postgres);
        try {
            pgBackRest.configure(options);
            pgBackRest.run("stanza-create").orFail();
            pgBackRest.archive();
        } catch (RuntimeException e) {
            pgBackRest.close();
            throw e;
        }
        return pgBackRest;
    }

    /**
     * Returns when the program is on the PATH; installs it by apt-get, and says so, when it is missing and we are root.
     *
     * @throws IllegalStateException with a hint, when it is missing and cannot be installed
     */
    public static synchronized void requireInstalled() {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "pgbackrest")))) {
            return;
        }
        if (!UnprivilegedUser.isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new IllegalStateException("pgbackrest is not on the PATH, and only root can install it."
                    + " HINT: install it (Debian: apt-get install pgbackrest).");
        }
        System.err.println("pgbackrest is not installed: installing it with apt-get, once ...");
        PostgresPrograms.aptGet("update", "-q");
        PostgresPrograms.aptGet("install", "-q", "-y", "--no-install-recommends", "pgbackrest");
    }

    private void configure(Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "repo1-path", repository().toString(),
                "repo1-retention-full", "10",
                "spool-path", directory.resolve("spool").toString(),
                "lock-path", directory.resolve("lock").toString(),
                "log-level-file", "off",
                "start-fast", "y",
                "pg1-path", postgres.dataDirectory().toString(),
                "pg1-port", Integer.toString(postgres.port()),
                "pg1-user", postgres.superuser(),
                "pg1-socket-path", postgres.socketDirectory().toString()));
        all.putAll(options);
        StringBuilder text = new StringBuilder("[" + STANZA + "]\n");
        all.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            Files.writeString(configuration(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + configuration(), e);
        }
    }

    private Path configuration() {
        return directory.resolve("pgbackrest.conf");
    }

    /** Where the repository lies, unless the options say otherwise. */
    public Path repository() {
        return directory.resolve("repo");
    }

    /** The command line of archive_command, restore_command and others, as PostgreSQL runs it. */
    public String command(String command) {
        return "pgbackrest --config=" + configuration() + " --stanza=" + STANZA + " " + command;
    }

    private void archive() {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET archive_command = '" + command("archive-push \"%p\"") + "'");
            statement.execute("ALTER SYSTEM SET restore_command = '" + command("archive-get %f \"%p\"") + "'");
            // On the command line it would win over what was just set.
            postgres.stop();
            postgres.startServerWithout("archive_command");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot set archive_command", e);
        }
    }

    /** Makes a base backup of type full, diff or incr. */
    public void backup(String type) {
        run("backup", "--type=" + type).orFail();
    }

    /** Runs pgbackrest as the server's user. */
    public ProgramResult run(String command, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("pgbackrest", "--config=" + configuration(), "--stanza=" + STANZA, command));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(user.command(line));
        builder.environment().put("PGPASSWORD", postgres.password());
        builder.directory(directory.toFile());
        return Programs.run(builder, new byte[0]);
    }

    /** Ends the current segment and waits until it is in the archive. */
    public void archiveCurrentSegment() {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_restore_point('segment')");
            String segment;
            try (ResultSet rows = statement.executeQuery("SELECT pg_walfile_name(pg_switch_wal())")) {
                rows.next();
                segment = rows.getString(1);
            }
            awaitArchived(statement, segment);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot switch to another segment", e);
        }
    }

    private static void awaitArchived(Statement statement, String segment) throws SQLException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT coalesce(left(last_archived_wal, 24) >= '" + segment + "', false) FROM pg_stat_archiver")) {
                rows.next();
                if (rows.getBoolean(1)) {
                    return;
                }
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Segment " + segment + " was not archived within 30 s");
            }
            pause();
        }
    }

    /** Has the server recover from its archive to the end, in place, and so begin another timeline. */
    public void beginTimeline() {
        postgres.stop();
        try {
            Files.createFile(postgres.dataDirectory().resolve("recovery.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + postgres.dataDirectory(), e);
        }
        postgres.startServer();
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        return;
                    }
                }
                pause();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The server does not recover", e);
        }
    }

    /** From now on the server's WAL goes nowhere: others may write as much as they like. */
    public void stopArchiving() {
        postgres.psql("postgres", "ALTER SYSTEM SET archive_command = '/bin/true'; SELECT pg_reload_conf()");
    }

    /**
     * Restores into a directory of its own, beside the server, and recovers there until the new server answers and writes.
     *
     * @param options of the restore command, such as {@code --type=time} and {@code --target=...}
     */
    public RestoredServer restore(String... options) {
        return RestoredServer.start(postgres, user, this, options);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while WAL was archived", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
