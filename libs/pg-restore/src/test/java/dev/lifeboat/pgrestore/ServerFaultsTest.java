package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server does to a restore what servers do: it ends the backend, crashes, or has limits on time. The step that failed says so
 * once and clearly, nothing half restored goes live, and the same step called again goes on.
 */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class ServerFaultsTest {
    /** Slow enough for a backend to be found at it: one row of a table with nothing else, and its index. */
    private static final String SCRIPT = """
            CREATE FUNCTION public.slowly(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
                $$ BEGIN IF i = 1 THEN PERFORM pg_sleep(0.5); END IF; RETURN i; END $$;
            CREATE TABLE public.big (id int, note text);
            INSERT INTO public.big SELECT i, repeat(md5(i::text), 4) FROM generate_series(2, 20000) i;
            CREATE TABLE public.slow (id int CHECK (public.slowly(id) > 0));
            INSERT INTO public.slow VALUES (1);
            CREATE INDEX slow_index ON public.slow (public.slowly(id));
            """;

    @TempDir
    private static Path directory;

    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(source, SCRIPT);
        dump = Dump.of(postgres, source, directory, "--compress=0");
    }

    @Test
    void copyIsDoneAgainAfterItsBackendWasEndedInTheMiddleOfIt(RealPostgres postgres) {
        live(postgres, "copied");
        Recovery recovery = Recovery.with(
                postgres, dump, "copied", 50, () -> Executioner.endBackendOf(postgres, "copied_r", "COPY %"));
        recovery.prepare();

        assertUnavailable(recovery::restoreShards)
                .hasMessageMatching("Loading entry [0-9]+ TABLE DATA public\\.big failed: .*");
        assertThat(rows(postgres, "copied_r", "big")).isEqualTo("0");
        assertNotSwappedIn(postgres, recovery, "copied");

        assertComesBack(postgres, recovery, "copied");
    }

    @Test
    void storageThatFailsInTheMiddleOfCopyLeavesNothingBehindAndTheStepGoesOn(RealPostgres postgres) {
        live(postgres, "starved");
        // As S3ByteSource does: unchecked, and not of this library.
        IllegalStateException gone = new IllegalStateException("S3 is gone");
        Recovery recovery = Recovery.with(postgres, dump, "starved", 50, () -> {
            throw gone;
        });
        recovery.prepare();

        assertThatThrownBy(recovery::restoreShards).isSameAs(gone);
        assertThat(rows(postgres, "starved_r", "big")).isEqualTo("0");
        assertNotSwappedIn(postgres, recovery, "starved");

        assertComesBack(postgres, recovery, "starved");
    }

    @Test
    void anIndexIsBuiltAgainAfterItsBackendWasEndedInTheMiddleOfIt(RealPostgres postgres) {
        live(postgres, "indexed");
        Recovery recovery =
                new Recovery(postgres::connect, dump, new RestoreTarget("indexed", "indexed", "indexed_r", 1, true));
        recovery.prepare();
        recovery.restoreShards();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> Executioner.endBackendOf(postgres, "indexed_r", "CREATE INDEX slow_index%"));

        assertUnavailable(recovery::finish)
                .hasMessageMatching("Replaying entry [0-9]+ INDEX public\\.slow_index failed: FATAL: terminating"
                        + " connection due to administrator command \\(SQLSTATE 57P01\\) at: CREATE INDEX slow_index .*"
                        + " HINT: Try again; look at PostgreSQL's pod and its log when it lasts\\.");
        end.join();
        assertNotSwappedIn(postgres, recovery, "indexed");

        assertComesBack(postgres, recovery, "indexed");
    }

    @Test
    void aServerThatCrashesInTheMiddleOfCopyAndOfAnIndexLosesNothingThatIsCountedAsDone() {
        try (RealPostgres postgres = RealPostgres.start()) {
            live(postgres, "crashed");
            Recovery recovery = Recovery.with(postgres, dump, "crashed", 50, postgres::stop);
            recovery.prepare();
            assertUnavailable(recovery::restoreShards);
            postgres.startServer();
            assertNotSwappedIn(postgres, recovery, "crashed");
            recovery.restoreShards();

            CompletableFuture<Void> crash = CompletableFuture.runAsync(() -> {
                Executioner.awaitStatement(postgres, "crashed_r", "CREATE INDEX slow_index%");
                postgres.stop();
            });
            assertUnavailable(recovery::finish);
            crash.join();
            postgres.startServer();
            assertNotSwappedIn(postgres, recovery, "crashed");

            assertComesBack(postgres, recovery, "crashed");
        }
    }

    @Test
    void limitsOnTimeThatTheRoleAndTheDatabasesSetEndNoneOfOurSessions(RealPostgres postgres) {
        String slower = postgres.createDatabase();
        postgres.psql(slower, SCRIPT.replace("pg_sleep(0.5)", "pg_sleep(1.2)"));
        postgres.psql("postgres", "ALTER DATABASE " + slower + " SET statement_timeout = '1s'");
        Dump limits = Dump.of(postgres, slower, directory, "--compress=0");
        live(postgres, "limited");
        for (String limit : new String[] {
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"
        }) {
            // Less than the slow row takes in COPY and in the index, and than the pause between TRUNCATE and COPY.
            postgres.psql("postgres", "ALTER ROLE postgres SET " + limit + " = '1s'");
            postgres.psql("postgres", "ALTER DATABASE postgres SET " + limit + " = '1s'");
        }
        try {
            Recovery recovery = Recovery.with(postgres, limits, "limited", 1, ServerFaultsTest::waitLongerThanTheLimit);
            assertComesBack(postgres, recovery, "limited");
        } finally {
            postgres.psql("postgres", "ALTER ROLE postgres RESET ALL; ALTER DATABASE postgres RESET ALL");
        }

        assertThat(value(
                        postgres,
                        "postgres",
                        "SELECT setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
                                + " WHERE datname = 'limited'"))
                .as("the database's own settings come back with it")
                .isEqualTo("{statement_timeout=1s}");
    }

    private static void waitLongerThanTheLimit() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void live(RealPostgres postgres, String name) {
        postgres.psql("postgres", "CREATE DATABASE " + name);
        postgres.psql(name, "CREATE TABLE public.lost AS SELECT 1 AS id");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnavailable(ThrowingCallable step) {
        return assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining(" HINT: ");
    }

    private static void assertNotSwappedIn(RealPostgres postgres, Recovery recovery, String live) {
        assertThatThrownBy(() -> recovery.cutOver("incident"))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(rows(postgres, live, "lost")).isEqualTo("1");
    }

    private static void assertComesBack(RealPostgres postgres, Recovery recovery, String live) {
        if (!recovery.prepare()) {
            recovery.restoreShards();
        }
        assertThat(recovery.finish().finished()).isTrue();
        assertThat(recovery.check().mismatches()).isEmpty();
        recovery.cutOver("incident");
        assertThat(rows(postgres, live, "big")).isEqualTo("19999");
        assertThat(value(postgres, live, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'slow_index'::regclass"))
                .isEqualTo("t");
    }

    private static String rows(RealPostgres postgres, String database, String table) {
        return value(postgres, database, "SELECT count(*) FROM public." + table);
    }

    private static String value(RealPostgres postgres, String database, String sql) {
        return postgres.run("psql", "--no-psqlrc", "-Atc", sql, database)
                .orFail()
                .output()
                .strip();
    }
}
