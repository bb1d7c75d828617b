package dev.lifeboat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lifeboat restore} as a process of its own, against a real PostgreSQL. */
@ExtendWith(RealPostgresExtension.class)
class RestoreCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static String source;
    private static Path dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE big (id int PRIMARY KEY, note text);"
                        + " INSERT INTO big SELECT i, md5(i::text) FROM generate_series(1, 50000) i;"
                        + " CREATE TABLE middle AS SELECT i AS id FROM generate_series(1, 10000) i;"
                        + " CREATE TABLE small (id int REFERENCES big); INSERT INTO small VALUES (1), (2);"
                        + " CREATE INDEX ON big (note)");
        dump = directory.resolve("app.dump");
        postgres.run("pg_dump", "-Fc", "-f", dump.toString(), source).orFail();
    }

    /** A run of the command that goes on. */
    private record Running(Process process, Path output, Path errors) {
        static Running start(Map<String, String> environment, String... arguments) {
            try {
                Path output = Files.createTempFile(directory, "output", ".txt");
                Path errors = Files.createTempFile(directory, "errors", ".txt");
                ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx96m",
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path", System.getProperty("java.class.path")),
                                        Lifeboat.class.getName(),
                                        "restore"),
                                Arrays.stream(arguments))
                        .toList());
                builder.environment().putAll(environment);
                return new Running(
                        builder.redirectOutput(output.toFile())
                                .redirectError(errors.toFile())
                                .start(),
                        output,
                        errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Result end() {
            try {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("ended")
                        .isTrue();
                return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private record Result(int exitCode, String output, String errors) {}

    private static Result restore(RealPostgres postgres, String... arguments) {
        return Running.start(postgres.environment(), arguments).end();
    }

    private static List<String> left(RealPostgres postgres, String database) {
        return postgres.run(
                        "psql",
                        "-XAtc",
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + database + "%'"
                                + " UNION ALL SELECT nspname FROM pg_namespace WHERE nspname LIKE 'lifeboat%'",
                        "postgres")
                .orFail()
                .output()
                .lines()
                .toList();
    }

    private static String contents(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", database).orFail().output().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    @Test
    void restoresADumpComparesItAndLeavesNothingElse(RealPostgres postgres) {
        Result result = restore(postgres, dump.toString(), "--into", "app1", "--jobs", "3");

        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("sound: 3 tables with 60,002 rows")
                .containsPattern("building database app1_unfinished_[0-9a-f]{8} over 3 connections\n")
                .containsPattern(
                        "free space: [0-9,]+ MB free at " + postgres.dataDirectory() + ", at least [0-9]+ MB needed\n")
                .containsPattern("rows loaded: 100 % of [0-9.]+ [kM]B, 60,002 rows, [0-9]+ of ([0-9]+) objects\n")
                .containsPattern("all else built: 100 % of [0-9.]+ [kM]B, 60,002 rows, ([0-9]+) of \\1 objects\n")
                .contains("compared: 3 tables with 60,002 rows are what the dump holds")
                .endsWith("  database app1 is in place\n");
        assertThat(contents(postgres, "app1")).isEqualTo(contents(postgres, source));
        assertThat(left(postgres, "app1")).containsExactly("app1");

        Result again = restore(postgres, dump.toString(), "--into", "app1");
        assertThat(again.exitCode()).isEqualTo(Lifeboat.UNABLE);
        assertThat(again.output()).isEmpty();
        assertThat(again.errors())
                .isEqualTo(
                        "lifeboat: Database app1 exists already. HINT: Choose another name, or rename or drop that one"
                                + " first; a restore never touches it.\n");
    }

    @Test
    void restoresADumpInDirectoryFormat(RealPostgres postgres) {
        Path folder = directory.resolve("app.dir");
        postgres.run("pg_dump", "-Fd", "-f", folder.toString(), source).orFail();

        Result result = restore(postgres, folder.toString(), "--into", "app5");

        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("sound: 3 tables with 60,002 rows")
                .containsPattern("rows loaded: 100 % of [0-9.]+ [kM]B, 60,002 rows");
        assertThat(contents(postgres, "app5")).isEqualTo(contents(postgres, source));
        assertThat(left(postgres, "app5")).containsExactly("app5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app7.sql", "app8.sql.gz", "backup-of-app9"})
    void restoresAPlainDumpWhateverItIsCalled(String name, RealPostgres postgres) throws IOException {
        Path plain = directory.resolve(name);
        postgres.run("pg_dump", "-f", plain.toString(), source).orFail();
        if (name.endsWith(".gz")) {
            byte[] script = Files.readAllBytes(plain);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(plain))) {
                out.write(script);
            }
        }
        String database = name.replaceAll(".*(app[0-9]).*", "$1");

        Result result = restore(postgres, plain.toString(), "--into", database);

        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("sound: 3 tables with 60,002 rows")
                .contains(" over one connection, in the script's own order\n")
                .containsPattern("all else built: 60,002 rows, ([0-9]+) of \\1 objects\n")
                .doesNotContain("rows loaded")
                .contains("compared: 3 tables with 60,002 rows are what the dump holds");
        assertThat(contents(postgres, database)).isEqualTo(contents(postgres, source));
        assertThat(left(postgres, database)).containsExactly(database);
    }

    @Test
    void saysThatItsMemoryIsTooLittleForARowAndGoesOnWithMore(RealPostgres postgres) {
        String wide = postgres.createDatabase();
        postgres.psql(
                wide,
                "CREATE TABLE wide (t text); INSERT INTO wide VALUES (repeat('a row that is larger than the heap', 3000000))");
        Path file = directory.resolve("wide.dump");
        postgres.run("pg_dump", "-Fc", "-f", file.toString(), wide).orFail();

        Result result = restore(postgres, file.toString(), "--into", "appw");

        assertThat(result.exitCode()).isEqualTo(Lifeboat.UNABLE);
        assertThat(result.output()).contains("sound: 1 tables with 1 rows").contains("rows loaded: 100 %");
        assertThat(result.errors())
                .startsWith("lifeboat: Reading back entry ")
                .contains(" TABLE DATA public.wide failed: a row's text does not fit into this process' memory of ")
                .hasLineCount(1);

        Map<String, String> environment = new HashMap<>(postgres.environment());
        environment.put("_JAVA_OPTIONS", "-Xmx400m");
        Result more =
                Running.start(environment, file.toString(), "--into", "appw").end();
        assertThat(more.exitCode()).as(more.errors()).isZero();
        assertThat(left(postgres, "appw")).containsExactly("appw");
    }

    @Test
    void leavesOutWhatBelongsToMissingRolesWhenToldToAndListsIt(RealPostgres postgres) {
        String owned = postgres.createDatabase();
        postgres.psql(owned, "CREATE ROLE passing; CREATE TABLE small (id int); ALTER TABLE small OWNER TO passing");
        Path file = directory.resolve("owned.dump");
        postgres.run("pg_dump", "-Fc", "-f", file.toString(), owned).orFail();
        postgres.psql(owned, "ALTER TABLE small OWNER TO postgres; DROP ROLE passing");

        Result refused = restore(postgres, file.toString(), "--into", "app6");
        assertThat(refused.exitCode()).isEqualTo(Lifeboat.UNABLE);
        assertThat(refused.errors()).contains("role missing: passing").contains("leave-out for missing roles");

        Result result = restore(postgres, file.toString(), "--into", "app6", "--missing-roles=leave-out");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output())
                .containsPattern("left out: owner of entry [0-9]+ TABLE public.small: role passing is missing\n");
        assertThat(contents(postgres, "app6")).isEqualTo(contents(postgres, owned));
    }

    @Test
    void goesOnWhereAKillEndedIt(RealPostgres postgres) throws Exception {
        String command = "app2";
        Running killed = Running.start(postgres.environment(), dump.toString(), "--into", command, "--jobs", "1");
        String build = await(() -> postgres.run(
                        "psql", "-XAtc", "SELECT datname FROM pg_database WHERE datname LIKE 'app2_unf%'", "postgres")
                .orFail()
                .output()
                .strip());
        String loaded;
        try (Connection inside = postgres.connect(build);
                Statement statement = inside.createStatement()) {
            // The smallest table comes last: it is held, so that the kill comes after the others and before it.
            await(() -> ask(statement, "SELECT coalesce(to_regclass('public.small')::text, '')"));
            inside.setAutoCommit(false);
            statement.execute("LOCK TABLE public.small IN ACCESS SHARE MODE");
            await(() -> ask(
                    statement,
                    "SELECT CASE count(*) WHEN 2 THEN 'two' ELSE '' END FROM lifeboat_restore.done"
                            + " WHERE work = 'data'"));
            loaded = ask(statement, "SELECT xmin FROM big WHERE id = 1");
            killed.process().destroyForcibly();
            assertThat(killed.end().exitCode()).isEqualTo(128 + 9);
        }
        assertThat(left(postgres, "app2")).containsExactlyInAnyOrder(build, "lifeboat");

        Result result = restore(postgres, dump.toString(), "--into", "app2", "--jobs", "1");

        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("going on with database " + build + " over 1 connection\n")
                .containsPattern("rows loaded: 100 % of [0-9.]+ [kM]B, 60,002 rows");
        assertThat(contents(postgres, "app2")).isEqualTo(contents(postgres, source));
        assertThat(left(postgres, "app2")).containsExactly("app2");
        try (Connection inside = postgres.connect("app2");
                Statement statement = inside.createStatement()) {
            assertThat(ask(statement, "SELECT xmin FROM big WHERE id = 1"))
                    .as("loaded once")
                    .isEqualTo(loaded);
        }
    }

    @Test
    void saysThatADumpIsDamagedAndRestoresNothing(RealPostgres postgres) throws IOException {
        byte[] bytes = Files.readAllBytes(dump);
        Path cut = Files.write(directory.resolve("cut.dump"), Arrays.copyOf(bytes, bytes.length - 100));

        Result result = restore(postgres, cut.toString(), "--into", "app3");

        assertThat(result.exitCode()).isEqualTo(Lifeboat.FAILED);
        assertThat(result.output())
                .contains("DAMAGED: nothing was restored")
                .contains("- Archive '" + cut + "' is truncated at byte ");
        assertThat(left(postgres, "app3")).isEmpty();
    }

    @Test
    void saysWhenTheServerIsOutOfReachOrRefuses(RealPostgres postgres) {
        Result away = restore(postgres, dump.toString(), "--into", "app4", "--port", "1");
        assertThat(away.exitCode()).isEqualTo(Lifeboat.UNABLE);
        assertThat(away.errors())
                .startsWith("lifeboat: Connecting to database postgres failed: Connection to 127.0.0.1:1 refused.")
                .contains(" HINT: ")
                .hasLineCount(1);

        Result stranger = restore(postgres, dump.toString(), "--into", "app4", "--user", "stranger");
        assertThat(stranger.exitCode()).isEqualTo(Lifeboat.UNABLE);
        assertThat(stranger.errors())
                .startsWith("lifeboat: Connecting to database postgres failed: FATAL: password authentication failed")
                .hasLineCount(1);
    }

    private interface Asking {
        String ask() throws SQLException;
    }

    private static String await(Asking asking) throws SQLException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            String answer = asking.ask();
            if (!answer.isEmpty()) {
                return answer;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("nothing came of it within " + PATIENCE);
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
