package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we restore of a plain dump is what psql restores of it, as pg_dump sees it. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class ScriptRestoreTest {
    private static final String ZONE = "Pacific/Auckland";
    private static final String INCIDENT = "script";
    private static final int CRASHES = Integer.getInteger("lifeboat.crashes", 8);
    private static final int ATTEMPTS = 3;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void createRoles(RealPostgres postgres) {
        postgres.psql("postgres", Resources.text("roles.sql"));
    }

    /** A plain dump, with its globals and what a verification of it says. */
    private record Script(Path file, String globals, List<ExpectedTable> expected) {
        static Script of(RealPostgres postgres, String database, String suffix, String... options) {
            try {
                Path plain = Files.createTempFile(directory, "dump", ".sql");
                List<String> arguments = new ArrayList<>(List.of("--file=" + plain, database));
                arguments.addAll(List.of(options));
                postgres.run("pg_dump", arguments.toArray(String[]::new)).orFail();
                return of(postgres, suffix.equals(".sql") ? plain : gzip(plain));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Script of(RealPostgres postgres, Path file) throws IOException {
            String globals =
                    postgres.run("pg_dumpall", "--globals-only").orFail().output();
            try (FileByteSource source = new FileByteSource(file);
                    InputStream whole = Files.newInputStream(file)) {
                ArchiveVerification found =
                        DumpFormat.of(file.toString()).verify(source, whole, ArchiveVerifier.Observer.NONE);
                assertThat(found.problems()).isEmpty();
                List<ExpectedTable> expected = found.tables().stream()
                        .map(t ->
                                new ExpectedTable(t.entry().schema(), t.entry().name(), t.rows(), t.fingerprint()))
                        .toList();
                return new Script(file, globals, expected);
            }
        }

        private static Path gzip(Path plain) throws IOException {
            Path file = Path.of(plain + ".gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                Files.copy(plain, out);
            }
            return file;
        }
    }

    private interface Step<T> {
        T run(DatabaseRestore restore, DumpContents dump);
    }

    /** Each step a new object, as in another process. */
    private record Steps(Databases databases, Script script, RestoreTarget target) {
        <T> T step(Step<T> step) {
            try (DumpContents dump = DumpFormat.of(script.file().toString()).open(new FileByteSource(script.file()))) {
                return step.run(new DatabaseRestore(databases, dump, target), dump);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean prepare() {
            return step((restore, dump) -> restore.prepare(script.globals(), RestorePlanner.plan((PlainScript) dump)));
        }

        FinishResult finish(Instant deadline) {
            return step((restore, dump) -> restore.finish(deadline, 2));
        }

        CheckResult check() {
            return step((restore, dump) -> restore.check(script.expected()));
        }

        CutOverResult cutOver() {
            return step((restore, dump) -> restore.cutOver(INCIDENT));
        }

        CheckResult restore() {
            assertThat(prepare()).isTrue();
            assertThat(finish(Instant.MAX).finished()).isTrue();
            return check();
        }
    }

    private static Steps steps(RealPostgres postgres, Script script, String live, String restore) {
        return new Steps(postgres::connect, script, new RestoreTarget("script", live, restore, 1, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".sql --create",
                ".sql.gz --create",
                ".sql --create --load-via-partition-root",
                ".sql --encoding=UTF8"
            })
    void aRichSchemaIsRestoredAsPsqlDoes(String options, RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql("postgres", "ALTER DATABASE " + source + " SET timezone TO '" + ZONE + "'");
        postgres.psql(source, Resources.text("rich.sql"));
        String[] words = options.split(" ");
        Script script = Script.of(
                postgres,
                source,
                words[0],
                List.of(words).subList(1, words.length).toArray(String[]::new));
        Script withoutCreate = Script.of(postgres, source, ".sql", words[words.length - 1].replace("--create", "-v"));
        String ours = source + "_ours";

        Steps steps = steps(postgres, script, source + "_live", ours);
        if (!options.contains("--create")) {
            // Such a dump does not hold the database's settings, on which a materialised view depends.
            steps.prepare();
            postgres.psql("postgres", "ALTER DATABASE " + ours + " SET timezone TO '" + ZONE + "'");
        }
        CheckResult check = steps.restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(check.tables()).isEqualTo(script.expected().size()).isGreaterThan(12);
        assertThat(contents(postgres, ours).lines().toList())
                .isEqualTo(
                        restoredByPsql(postgres, withoutCreate, source).lines().toList());
        assertThat(settings(postgres, ours)).isEqualTo(settings(postgres, source));
    }

    /** Words that SQL has a use for, which pg_dump does not quote, though. */
    @Test
    void whatIsCalledLikeAKeywordIsRestoredAsPsqlDoes(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(source, """
                CREATE TABLE public.owner (owner serial PRIMARY KEY, database int);
                INSERT INTO public.owner (database) VALUES (1), (2);
                ALTER TABLE public.owner OWNER TO harbour_owner;
                CREATE VIEW public.procedure AS SELECT owner AS begin FROM public.owner;
                CREATE VIEW public.function AS SELECT begin FROM public.procedure;
                GRANT SELECT ON public.procedure TO harbour_app;
                CREATE PUBLICATION everything FOR ALL TABLES;
                """);
        Script script = Script.of(postgres, source, ".sql");
        String ours = source + "_ours";

        CheckResult check = steps(postgres, script, source + "_live", ours).restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(contents(postgres, ours)).isEqualTo(restoredByPsql(postgres, script, source));
    }

    private static String settings(RealPostgres postgres, String database) {
        return postgres.psql(database, "SHOW timezone").output();
    }

    private static String restoredByPsql(RealPostgres postgres, Script script, String source) {
        String oracle = source + "_oracle";
        postgres.run("createdb", "--template=template0", oracle).orFail();
        postgres.psql("postgres", "ALTER DATABASE " + oracle + " SET timezone TO '" + ZONE + "'");
        postgres.run("psql", "-X", "-q", "--set=ON_ERROR_STOP=1", "--file=" + script.file(), oracle)
                .orFail();
        return contents(postgres, oracle);
    }

    /** As in RestoreOracleTest: without what differs from run to run. */
    private static String contents(RealPostgres postgres, String database) {
        return postgres.run(
                        "pg_dump", "--exclude-table-data=app.audit_rest_*", "--exclude-table-data=ddl_log", database)
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    @Test
    void theRecoveryEndsWellWhicheverInstantABackendDiesAt(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(source, Resources.text("small.sql"));
        Script script = Script.of(postgres, source, ".sql.gz", "--create");
        int instants = recover(postgres, source, script, "scrash0", new FaultyDatabases(postgres, 0));
        assertThat(instants).isGreaterThan(100);
        Random random = new Random(20261126);
        for (int crash = 1; crash <= CRASHES; crash++) {
            int fatal = (crash - 1) * instants / CRASHES + 1 + random.nextInt(instants / CRASHES);
            recover(postgres, source, script, "scrash" + crash, new FaultyDatabases(postgres, fatal));
        }
    }

    private static int recover(
            RealPostgres postgres, String source, Script script, String live, FaultyDatabases databases) {
        postgres.run("createdb", "--template=" + source, live).orFail();
        postgres.psql(live, "DELETE FROM public.stamps");
        Steps steps = new Steps(databases, script, new RestoreTarget(live, live, live + "_r", 1, true));
        retrying(steps::prepare);
        assertThat(retrying(() -> steps.finish(Instant.MAX)).finished()).isTrue();
        assertThat(retrying(steps::check).mismatches()).as(live).isEmpty();
        assertThat(retrying(steps::cutOver).quarantine()).startsWith(live + "_quarantine_");
        assertThat(contents(postgres, live)).as(live).isEqualTo(contents(postgres, source));
        int instants = databases.instants();
        new DatabaseRestore(postgres::connect, null, new RestoreTarget(live, live, live + "_r", 1, true)).dropDrill();
        return instants;
    }

    private static <T> T retrying(Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (RestoreException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(RestoreException.Kind.UNAVAILABLE);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Test
    void aTableIsLoadedInPiecesThatALaterCallGoesOnWith(RealPostgres postgres) throws IOException {
        String source = postgres.createDatabase();
        postgres.psql(source, "CREATE TABLE wide AS SELECT i, repeat('x', i % 50) t FROM generate_series(1, 5000) i");
        Script script = Script.of(postgres, source, ".sql", "--create");
        String ours = source + "_ours";
        Steps steps = steps(postgres, script, source + "_live", ours);
        steps.prepare();
        assertThat(steps.finish(Instant.MIN).finished()).isFalse();

        try (DumpContents dump = DumpFormat.SCRIPT.open(new FileByteSource(script.file()));
                Session session = new Sessions(postgres::connect, steps.target()).restoring("test")) {
            Progress progress = new Progress(session, ArchiveId.of(dump), RestoreObserver.NONE);
            // Each look at the clock is a second; the deadline comes in the middle of the table.
            SteppingClock clock = new SteppingClock();
            int calls = 1;
            while (!new ScriptReplay(
                            session,
                            progress,
                            (PlainScript) dump,
                            new WithoutRoles(Set.of()),
                            clock.instant().plusSeconds(6),
                            clock,
                            10_000)
                    .replay()) {
                calls++;
                assertThat(calls).isLessThan(50);
            }
            assertThat(calls).isGreaterThan(2);
            assertThat(session.strings("test", "SELECT count(*) || ' ' || sum(i) FROM public.wide"))
                    .containsExactly("5000 12502500");
        }
        assertThat(steps.finish(Instant.MAX).finished()).isTrue();
        assertThat(steps.check().mismatches()).isEmpty();
    }

    @Test
    void aFailureNamesTheLineTheSqlStateAndTheStatement(RealPostgres postgres) throws IOException {
        String source = postgres.createDatabase();
        postgres.psql(source, "CREATE TABLE one (id int PRIMARY KEY); INSERT INTO one VALUES (1), (2)");
        Path file = Script.of(postgres, source, ".sql").file();
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\n1\n2\n", "\n1\n1\n"));
        long line = text.substring(0, text.indexOf("ALTER TABLE ONLY public.one"))
                        .lines()
                        .count()
                + 1;
        Steps steps = steps(postgres, Script.of(postgres, file), source + "_live", source + "_ours");
        steps.prepare();
        assertThatThrownBy(() -> steps.finish(Instant.MAX))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                .hasMessageStartingWith("Replaying line " + line
                        + " of the script failed: ERROR: could not create unique" + " index \"one_pkey\"")
                .hasMessageContaining(
                        "(SQLSTATE 23505) at: ALTER TABLE ONLY public.one ADD CONSTRAINT one_pkey PRIMARY KEY");
    }

    @Test
    void whatTheServerLacksIsSaidBeforeAnythingIsBuilt(RealPostgres postgres) throws IOException {
        String source = postgres.createDatabase();
        postgres.psql(
                source, "CREATE TABLE one (id int); ALTER TABLE one OWNER TO harbour_owner; CREATE EXTENSION hstore");
        Path file = Script.of(postgres, source, ".sql").file();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("OWNER TO harbour_owner", "OWNER TO nobody_here")
                        .replace("EXISTS hstore", "EXISTS no_such_thing"));
        Steps steps = steps(postgres, Script.of(postgres, file), source + "_live", source + "_ours");
        assertThatThrownBy(steps::prepare)
                .hasMessageContaining("extension missing: no_such_thing; role missing: nobody_here.");
    }
}
