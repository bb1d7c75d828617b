package dev.lifeboat.local.kubernetes;

import static dev.lifeboat.local.kubernetes.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of a point-in-time recovery that {@code images/postgres/postgres-entrypoint.sh} takes, with pgBackRest and a repository of its own. */
class EntrypointStepsTest {
    private static final String PASSWORD = "postgres-secret";

    private final UnprivilegedUser user = UnprivilegedUser.forThisProcess();
    private final List<Process> started = new ArrayList<>();
    private Path directory;
    private Path entrypoint;

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createTempDirectory(Path.of("/tmp"), "lifeboat-steps");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        user.own(directory);
        entrypoint = directory.resolve("postgres-entrypoint.sh");
        Files.copy(TestCluster.repository().resolve("images/postgres/postgres-entrypoint.sh"), entrypoint);
        for (String each : List.of("repo", "spool", "lock", "live", "beside")) {
            user.own(Files.createDirectory(directory.resolve(each)));
        }
        Files.createFile(directory.resolve("pgbackrest.conf"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
        Volumes.deleteTree(directory);
    }

    @Test
    void anInstanceGoesForwardAndBackUntilItIsPromotedAndArchives() throws Exception {
        Instance live = new Instance("live");
        live.start(Map.of("ARCHIVE_MODE", "on"));
        live.awaitAnswer("SELECT 1", "1");
        backrest(live, "stanza-create");
        live.query("CREATE TABLE kept (n int)");
        backrest(live, "--type=full", "--start-fast", "backup");
        live.query("INSERT INTO kept SELECT generate_series(1, 10)");
        live.query("SELECT pg_switch_wal()");
        // Behind the last record of the segment that ended early: a search halves bytes, and knows nothing of records.
        String behind = live.query("SELECT (pg_current_wal_insert_lsn() - 8192)::text");
        String ten = live.query("SELECT pg_current_wal_insert_lsn()::text");
        live.query("INSERT INTO kept VALUES (11)");
        live.query("INSERT INTO kept VALUES (12)");
        String twelve = live.query("SELECT pg_current_wal_insert_lsn()::text");
        live.query("INSERT INTO kept VALUES (13)");
        String segment = live.query("SELECT pg_walfile_name(pg_switch_wal())");
        live.awaitAnswer("SELECT last_archived_wal >= '" + segment + "' FROM pg_stat_archiver", "t");

        Instance beside = new Instance("beside");
        // What a death half-way has left is no cluster, and in nobody's way.
        user.own(Files.createDirectory(directory.resolve("beside/pgdata.restoring")));
        user.own(Files.createFile(directory.resolve("beside/pgdata.restoring/PG_VERSION")));
        Map<String, String> toTen = step(1, "backup", "lsn", ten);
        beside.start(toTen);
        beside.awaitPaused();
        assertThat(beside.query("SELECT count(*) FROM kept")).isEqualTo("10");
        assertThat(beside.query("SHOW archive_mode")).isEqualTo("off");

        beside.interrupt();
        beside.start(toTen);
        beside.awaitPaused();
        assertThat(beside.log()).contains("step 1 was taken before");
        assertThat(beside.query("SELECT count(*) FROM kept")).isEqualTo("10");

        beside.interrupt();
        user.own(Files.createDirectory(directory.resolve("beside/pgdata.saving")));
        Map<String, String> toTwelve = step(2, "current", "lsn", twelve);
        toTwelve.put("RESTORE_SAVE", "true");
        toTwelve.put("LIST_COMMITS", behind + "," + twelve);
        beside.start(toTwelve);
        beside.awaitPaused();
        assertThat(beside.query("SELECT count(*) FROM kept")).isEqualTo("12");
        List<String> commits =
                beside.query("SELECT pg_read_file('lifeboat.commits')").lines().toList();
        assertThat(commits).hasSize(2).allMatch(line -> line.matches("\\d+\t[0-9A-F]+/[0-9A-F]+\t20\\d\\d-.*"));

        // From within the first one's record: all of them begin at multiples of 8.
        beside.interrupt();
        Map<String, String> again = step(3, "good", "lsn", twelve);
        again.put(
                "LIST_COMMITS",
                commits.get(0).split("\t", -1)[1].replaceFirst("0$", "7").replaceFirst("8$", "F") + "," + twelve);
        beside.start(again);
        beside.awaitPaused();
        assertThat(beside.query("SELECT pg_read_file('lifeboat.commits')").lines())
                .containsExactly(commits.get(1));

        // Right after the first of the two, by what the list says of it.
        beside.interrupt();
        beside.start(step(4, "good", "lsn", commits.get(0).split("\t", -1)[1]));
        beside.awaitPaused();
        assertThat(beside.query("SELECT count(*) FROM kept")).isEqualTo("11");

        beside.interrupt();
        Map<String, String> latest = step(5, "delta", "latest", null);
        latest.put("ARCHIVE_MODE", "on");
        beside.start(latest);
        beside.awaitAnswer("SELECT count(*) FROM kept", "13");
        beside.awaitAnswer(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'RecoveryRetrieveRetryInterval')", "t");
        live.interrupt();
        assertThat(beside.query("SELECT pg_promote()")).isEqualTo("t");
        beside.query("INSERT INTO kept VALUES (14)");
        beside.query("SELECT pg_switch_wal()");
        beside.awaitAnswer("SELECT last_archived_wal LIKE '00000002________________' FROM pg_stat_archiver", "t");

        // A pod that starts again with the same environment is the primary that it was.
        beside.interrupt();
        beside.start(latest);
        beside.awaitAnswer("SELECT pg_is_in_recovery()::text || count(*) FROM kept", "false14");
        assertThat(repository()).anyMatch(name -> name.endsWith("00000002.history"));
    }

    @Test
    void whatWasThereIsKeptOnceBeforeItIsRestoredInPlaceAndComesBack() throws Exception {
        Instance live = new Instance("live");
        live.start(Map.of("ARCHIVE_MODE", "on"));
        live.awaitAnswer("SELECT 1", "1");
        backrest(live, "stanza-create");
        live.query("CREATE TABLE kept (n int)");
        live.query("INSERT INTO kept SELECT generate_series(1, 10)");
        backrest(live, "--type=full", "--start-fast", "backup");
        String ten = live.query("SELECT pg_current_wal_insert_lsn()::text");
        live.query("DELETE FROM kept WHERE n > 3");
        String segment = live.query("SELECT pg_walfile_name(pg_switch_wal())");
        live.awaitAnswer("SELECT last_archived_wal >= '" + segment + "' FROM pg_stat_archiver", "t");
        live.process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        live.process.descendants().forEach(ProcessHandle::destroyForcibly);

        Map<String, String> back = step(14, "delta", "lsn", ten);
        back.put("ARCHIVE_MODE", "on");
        back.put("RESTORE_ARCHIVE_MODE", "off");
        back.put("RESTORE_KEEP", "before-incident-1");
        Path kept = directory.resolve("live/pgdata.before-incident-1");
        // What a death while it was kept has left is not it.
        user.own(Files.createDirectory(directory.resolve("live/pgdata.before-incident-1.copying")));
        live.start(back);
        live.awaitPaused();
        assertThat(live.query("SELECT count(*) FROM kept")).isEqualTo("10");
        assertThat(live.query("SHOW archive_mode")).isEqualTo("off");
        assertThat(kept.resolve("PG_VERSION")).exists();

        // A death before the step was noted: what is there now is not what was there before.
        live.interrupt();
        Object copied = Files.getAttribute(kept, "unix:ino");
        Files.delete(directory.resolve("live/pgdata/lifeboat.step"));
        live.start(back);
        live.awaitPaused();
        assertThat(live.query("SELECT count(*) FROM kept")).isEqualTo("10");
        assertThat(Files.getAttribute(kept, "unix:ino")).isEqualTo(copied);
        assertThat(live.query("SELECT pg_promote()")).isEqualTo("t");
        live.query("INSERT INTO kept VALUES (11)");

        live.interrupt();
        Map<String, String> undo = Map.of(
                "RESTORE_STEP",
                "15",
                "RESTORE_FROM",
                "kept",
                "RESTORE_KEEP",
                "before-incident-1",
                "ARCHIVE_MODE",
                "on");
        live.start(undo);
        live.awaitAnswer("SELECT pg_is_in_recovery()::text || count(*) FROM kept", "false3");
        assertThat(live.query("SHOW archive_mode")).isEqualTo("on");
        assertThat(directory.resolve("live/pgdata.before-incident-1.15/PG_VERSION"))
                .exists();
        live.query("INSERT INTO kept VALUES (4)");

        live.interrupt();
        live.start(undo);
        live.awaitAnswer("SELECT pg_is_in_recovery()::text || count(*) FROM kept", "false4");
    }

    @Test
    void aPointThatIsNotReachedIsSaidAndNotWaitedFor() throws Exception {
        Instance live = new Instance("live");
        live.start(Map.of("ARCHIVE_MODE", "on"));
        live.awaitAnswer("SELECT 1", "1");
        backrest(live, "stanza-create");
        backrest(live, "--type=full", "--start-fast", "backup");

        Instance beside = new Instance("beside");
        Process process = beside.start(step(1, "backup", "lsn", "7F/0"));

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(beside.log()).contains("recovery ended before configured recovery target was reached");
    }

    @Test
    void whatCannotBeDoneIsRefusedAtOnceAndAllOfItNamed() throws Exception {
        assertThat(refusal(Map.of(
                        "RESTORE_STEP", "0",
                        "RESTORE_FROM", "nowhere",
                        "RESTORE_TYPE", "time",
                        "ARCHIVE_MODE", "maybe")))
                .contains("ARCHIVE_MODE is 'maybe', expected on or off")
                .contains("RESTORE_STEP is '0', expected a number of 1 or more")
                .contains("RESTORE_FROM is 'nowhere', expected backup, delta, current, good or kept")
                .contains("RESTORE_TARGET is missing, and RESTORE_TYPE is time")
                .contains("HINT: ");
        assertThat(refusal(step(1, "good", "latest", null))).contains("There is no '", "pgdata.good' to go back to.");
        assertThat(refusal(step(1, "current", "latest", null))).contains("is in no recovery any more");
        assertThat(refusal(Map.of("QUARANTINED_BY", "incident-7")))
                .contains("This instance was replaced in incident incident-7, and is kept as it was then. HINT: ");
    }

    private String refusal(Map<String, String> settings) throws Exception {
        Instance beside = new Instance("beside");
        Process process = beside.start(settings);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        return beside.log();
    }

    private static Map<String, String> step(int number, String from, String type, String target) {
        Map<String, String> step = new HashMap<>(Map.of(
                "RESTORE_STEP",
                Integer.toString(number),
                "RESTORE_FROM",
                from,
                "RESTORE_TYPE",
                type,
                "RESTORE_TARGET_TIMELINE",
                "1",
                "ARCHIVE_MODE",
                "off"));
        if (target != null) {
            step.put("RESTORE_TARGET", target);
        }
        return step;
    }

    private List<String> repository() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("repo"))) {
            return files.map(Path::toString).toList();
        }
    }

    private void backrest(Instance of, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(user.prefix());
        command.add("pgbackrest");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(of.environment());
        builder.directory(directory.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** One server of its own port and directory, as a pod would run it. */
    private final class Instance {
        private final String name;
        private final int port;
        private Process process;

        Instance(String name) throws IOException {
            this.name = name;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                this.port = socket.getLocalPort();
            }
        }

        private Map<String, String> environment() {
            return new HashMap<>(Map.ofEntries(
                    Map.entry("PATH", System.getenv("PATH")),
                    Map.entry("TZ", "UTC"),
                    Map.entry("HOME", directory.toString()),
                    Map.entry(
                            "PGBACKREST_CONFIG",
                            directory.resolve("pgbackrest.conf").toString()),
                    Map.entry("PGBACKREST_STANZA", "lifeboat"),
                    Map.entry(
                            "PGBACKREST_PG1_PATH",
                            directory.resolve(name).resolve("pgdata").toString()),
                    Map.entry("PGBACKREST_PG1_SOCKET_PATH", directory.toString()),
                    Map.entry("PGBACKREST_PG1_PORT", Integer.toString(port)),
                    Map.entry("PGBACKREST_PG1_USER", "cloud_admin"),
                    Map.entry("PGBACKREST_PG1_DATABASE", "postgres"),
                    Map.entry("PGPASSWORD", PASSWORD),
                    Map.entry("PGBACKREST_REPO1_PATH", directory.resolve("repo").toString()),
                    Map.entry("PGBACKREST_REPO1_CIPHER_TYPE", "aes-256-cbc"),
                    Map.entry("PGBACKREST_REPO1_CIPHER_PASS", "passphrase"),
                    Map.entry("PGBACKREST_REPO1_RETENTION_FULL", "2"),
                    Map.entry(
                            "PGBACKREST_SPOOL_PATH", directory.resolve("spool").toString()),
                    Map.entry("PGBACKREST_LOCK_PATH", directory.resolve("lock").toString()),
                    Map.entry("PGBACKREST_LOG_LEVEL_FILE", "off"),
                    Map.entry("PGBACKREST_LOG_LEVEL_CONSOLE", "warn"),
                    Map.entry("PGBACKREST_COMPRESS_TYPE", "lz4")));
        }

        Process start(Map<String, String> settings) throws IOException {
            List<String> command = new ArrayList<>(user.prefix());
            command.addAll(List.of("bash", entrypoint.toString()));
            for (String setting : List.of(
                    "archive_mode=off",
                    "archive_command=pgbackrest archive-push %p",
                    "fsync=off",
                    "shared_buffers=16MB",
                    "wal_retrieve_retry_interval=200ms")) {
                command.addAll(List.of("-c", setting));
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()));
            builder.environment().clear();
            builder.environment().putAll(environment());
            builder.environment()
                    .putAll(Map.of(
                            "PGDATA",
                            directory.resolve(name).resolve("pgdata").toString(),
                            "PGPORT",
                            Integer.toString(port),
                            "LISTEN_ADDRESS",
                            "127.0.0.1",
                            "SOCKET_DIR",
                            directory.toString(),
                            "POSTGRES_USER",
                            "cloud_admin",
                            "POSTGRES_PASSWORD",
                            PASSWORD,
                            "POSTGRES_DB",
                            "postgres"));
            builder.environment().putAll(settings);
            builder.directory(directory.toFile());
            process = builder.start();
            process.getOutputStream().close();
            started.add(process);
            return process;
        }

        /** Fast shutdown, as the image's STOPSIGNAL asks for. */
        void interrupt() throws Exception {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(log()).isTrue();
        }

        private File logFile() {
            return directory.resolve(name + ".log").toFile();
        }

        String log() throws IOException {
            return Files.readString(logFile().toPath());
        }

        void awaitPaused() throws Exception {
            awaitAnswer("SELECT pg_get_wal_replay_pause_state()", "paused");
        }

        void awaitAnswer(String sql, String expected) throws IOException {
            try {
                await(sql, () -> {
                    try {
                        return expected.equals(query(sql));
                    } catch (SQLException e) {
                        return false;
                    }
                });
            } catch (AssertionError e) {
                throw new AssertionError(log(), e);
            }
        }

        /** The first column of the first row as text; null without one. */
        String query(String sql) throws SQLException {
            String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=2&loginTimeout=2";
            try (Connection connection = DriverManager.getConnection(url, "cloud_admin", PASSWORD);
                    Statement statement = connection.createStatement()) {
                if (!statement.execute(sql)) {
                    return null;
                }
                try (ResultSet rows = statement.getResultSet()) {
                    return rows.next() ? rows.getString(1) : null;
                }
            }
        }
    }
}
