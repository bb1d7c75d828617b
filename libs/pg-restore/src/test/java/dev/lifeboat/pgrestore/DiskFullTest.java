package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.SmallDisk;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server's disk is full in the middle of a restore: it ends clearly, nothing half restored goes live, and with room it goes on. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class DiskFullTest {
    private static final String LIVE = "full_up";
    private static final int ROWS = 40_000;
    /** Of 16 MB: the server may have one in reserve. */
    private static final int MORE_THAN_TWO_WAL_SEGMENTS = 300_000;

    @TempDir
    private static Path directory;

    @Test
    void aTablespaceThatIsFullEndsCopyAndThenAnIndexUntilThereIsRoom(RealPostgres postgres) {
        try (SmallDisk disk = SmallDisk.mount(postgres, 40)) {
            postgres.psql("postgres", "CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
            Dump dump = dump(postgres, "small", ROWS);
            live(postgres);
            Recovery recovery = Recovery.of(postgres, dump, LIVE, LIVE + "_r");
            recovery.prepare();

            disk.leave(2);
            assertDiskFull(recovery::restoreShards, "Loading entry [0-9]+ TABLE DATA public\\.big");
            assertNotSwappedIn(postgres, recovery);
            disk.makeRoom();
            recovery.restoreShards();

            disk.leave(1);
            assertDiskFull(recovery::finish, "Replaying entry [0-9]+ INDEX public\\.big_index");
            assertNotSwappedIn(postgres, recovery);
            disk.makeRoom();
            assertComesBack(postgres, recovery, ROWS);
            postgres.psql("postgres", "DROP DATABASE " + LIVE);
            postgres.psql("postgres", "DROP TABLESPACE small");
        }
    }

    @Test
    void aRestoreThatCanNotFitIsRefusedBeforeAnythingIsBuilt(RealPostgres postgres) {
        try (SmallDisk disk = SmallDisk.mount(postgres, 60)) {
            postgres.psql("postgres", "CREATE TABLESPACE narrow LOCATION '" + disk.path() + "'");
            postgres.psql("postgres", "CREATE DATABASE broad TABLESPACE narrow");
            postgres.psql(
                    "broad",
                    "CREATE TABLE t AS SELECT i, sha512(i::text::bytea) AS h FROM generate_series(1, 40000) i");
            Dump dump = Dump.of(postgres, "broad", directory);
            postgres.psql("postgres", "DROP DATABASE broad");
            postgres.psql("postgres", "CHECKPOINT");
            Recovery recovery = Recovery.of(postgres, dump, "broad", "broad_r");

            disk.leave(1);
            assertThatThrownBy(recovery::prepare)
                    .isInstanceOfSatisfying(
                            RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageMatching("The server can't hold the dump of database broad: it has [01] MB free at "
                            + disk.path()
                            + ", and the restore takes at least [23] MB\\. HINT: Give the server what it lacks,"
                            + " then try again; nothing was changed in the live database\\.");
            assertThatThrownBy(() -> postgres.connect("broad_r")).hasMessageContaining("does not exist");

            disk.makeRoom();
            assertThat(recovery.restore().mismatches()).isEmpty();
            assertThat(freeSpace(recovery)).matches("[0-9]+ MB free at " + disk.path() + ", at least [23] MB needed");
            recovery.step((restore, archive) -> {
                restore.dropScratch();
                return null;
            });
            postgres.psql("postgres", "DROP TABLESPACE narrow");
        }
    }

    /** A live database that is there says more than an archive of little data. */
    @Test
    void whatTheLiveDatabaseTakesIsNeededTooAndWhatNobodyCanTellIsNotKnown(RealPostgres postgres) throws Exception {
        String source = postgres.createDatabase();
        Dump dump = Dump.of(postgres, source, directory);
        postgres.psql(source, "CREATE TABLE t AS SELECT repeat('x', 1000) FROM generate_series(1, 20000)");
        postgres.psql("postgres", "CREATE ROLE clerk LOGIN PASSWORD 'clerk'");
        Recovery recovery = Recovery.of(postgres, dump, source, source + "_r");

        assertThat(freeSpace(recovery))
                .matches("[0-9,]+ MB free at " + postgres.dataDirectory() + ", at least 1[4-9] MB needed");
        try (Session session = new Session(postgres.connect("postgres", "clerk", "clerk"));
                PgArchive archive = dump.open()) {
            RestoreTarget target = new RestoreTarget("test", source, source + "_r", 1, true);
            SourceDatabase database = new SourceDatabase(archive, archive.entries());
            FreeSpace space = FreeSpace.ask(session, archive, database, target, Long.MAX_VALUE);

            assertThat(space.problem()).isEmpty();
            assertThat(space.shown())
                    .isEqualTo("not known: the role may not run programs on the server (pg_execute_server_program)");
            postgres.psql("postgres", "GRANT pg_execute_server_program TO clerk");
            assertThat(FreeSpace.ask(session, archive, database, target, Long.MAX_VALUE)
                            .shown())
                    .as("of a role that may not see where the data lie")
                    .isEqualTo("not known: df could not be run on the server");
        }
    }

    @Test
    void aServerThatPanicsForWantOfRoomForItsWalEndsTheStepAndLosesNothing() throws Exception {
        try (RealPostgres postgres = RealPostgres.start(Map.of("wal_level", "replica", "wal_recycle", "off"));
                SmallDisk disk = SmallDisk.mount(postgres, 150)) {
            Dump dump = dump(postgres, "pg_default", MORE_THAN_TWO_WAL_SEGMENTS);
            live(postgres);
            Recovery recovery = Recovery.of(postgres, dump, LIVE, LIVE + "_r");
            recovery.prepare();

            disk.take(postgres, "pg_wal");
            disk.leave(4);
            // Our backend panics itself, or is ended since another one did.
            assertThatThrownBy(recovery::restoreShards)
                    .isInstanceOf(RestoreException.class)
                    .hasMessageMatching("(?s)Loading entry [0-9]+ TABLE DATA public\\.big failed: .*"
                            + " HINT: (Make room on PostgreSQL's volume, then try|Try) again.*");
            assertThat(postgres.log()).contains("PANIC:", "No space left on device");
            // It may be up again, or have given up.
            postgres.stop();
            disk.makeRoom();
            postgres.startServer();

            assertNotSwappedIn(postgres, recovery);
            recovery.restoreShards();
            assertComesBack(postgres, recovery, MORE_THAN_TWO_WAL_SEGMENTS);
        }
    }

    /** About 150 bytes for each row, and as much in the index, in the tablespace when it is restored. */
    private static Dump dump(RealPostgres postgres, String tablespace, int rows) {
        String source = postgres.createDatabase();
        postgres.psql(source, """
                SET default_tablespace = %s;
                CREATE TABLE public.big (id int, note text);
                INSERT INTO public.big SELECT i, repeat(md5(i::text), 4) FROM generate_series(1, %d) i;
                CREATE INDEX big_index ON public.big (note);
                """.formatted(tablespace, rows));
        Dump dump = Dump.of(postgres, source, directory);
        postgres.psql("postgres", "DROP DATABASE " + source);
        postgres.psql("postgres", "CHECKPOINT"); // which removes its files
        return dump;
    }

    private static String freeSpace(Recovery recovery) {
        RestorePlan plan = recovery.plan();
        return recovery.step((restore, archive) -> restore.freeSpace(plan));
    }

    private static void live(RealPostgres postgres) {
        postgres.psql("postgres", "CREATE DATABASE " + LIVE);
        postgres.psql(LIVE, "CREATE TABLE public.lost AS SELECT 1 AS id");
    }

    private static void assertComesBack(RealPostgres postgres, Recovery recovery, int rows) {
        assertThat(recovery.finish().finished()).isTrue();
        assertThat(recovery.check().mismatches()).isEmpty();
        recovery.cutOver("incident");
        assertThat(rows(postgres, "big")).isEqualTo(Integer.toString(rows));
    }

    private static void assertDiskFull(ThrowingCallable step, String where) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageMatching(
                        "(?s)" + where + " failed: ERROR: could not extend file .*: No space left on device.*"
                                + " \\(SQLSTATE 53100\\) at: .* HINT: Make room on PostgreSQL's volume, then try again\\.");
    }

    private static void assertNotSwappedIn(RealPostgres postgres, Recovery recovery) {
        assertThatThrownBy(() -> recovery.cutOver("incident"))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(rows(postgres, "lost")).isEqualTo("1");
    }

    private static String rows(RealPostgres postgres, String table) {
        return postgres.run("psql", "--no-psqlrc", "-Atc", "SELECT count(*) FROM public." + table, LIVE)
                .orFail()
                .output()
                .strip();
    }
}
