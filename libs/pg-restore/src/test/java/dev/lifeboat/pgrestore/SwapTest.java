package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class SwapTest {
    private static final String INCIDENT = "database-2026-11-23";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void createRoles(RealPostgres postgres) {
        postgres.psql("postgres", Resources.text("roles.sql"));
    }

    @Test
    void settingsPrivilegesLimitsCommentAndOwnerAreThoseBeforeTheDisaster(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        postgres.psql("postgres", """
                ALTER DATABASE %1$s OWNER TO harbour_owner;
                ALTER DATABASE %1$s CONNECTION LIMIT 77;
                ALTER DATABASE %1$s SET work_mem TO '5MB';
                ALTER DATABASE %1$s SET search_path TO app, "Odd "" Schema";
                ALTER ROLE harbour_app IN DATABASE %1$s SET timezone TO 'Asia/Tokyo';
                COMMENT ON DATABASE %1$s IS 'DATABASE %1$s, the "live" one';
                REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
                GRANT CONNECT, TEMPORARY ON DATABASE %1$s TO harbour_app WITH GRANT OPTION;
                SET SESSION AUTHORIZATION harbour_app;
                GRANT CONNECT ON DATABASE %1$s TO "Weird ""Role"" TO x";
                """.formatted(live));
        String before = properties(postgres, live);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        postgres.psql(live, "INSERT INTO public.berths VALUES (99)");

        CutOverResult result = recovery.cutOver(INCIDENT);

        assertThat(properties(postgres, live)).isEqualTo(before).contains("CONNECTION LIMIT = 77");
        assertThat(result.liveDatabase()).isEqualTo(live);
        assertThat(result.quarantine()).matches(live + "_quarantine_[0-9a-f]{8}");
        assertThat(berths(postgres, live)).isEqualTo(10);
        assertThatThrownBy(() -> postgres.connect(result.quarantine()))
                .hasMessageContaining("is not currently accepting connections");
        assertThat(recovery.cutOver(INCIDENT)).isEqualTo(result);
    }

    @Test
    void anUndoPutsTheOldDatabaseBackAndKeepsTheRestoredOne(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        postgres.psql(live, "INSERT INTO public.berths VALUES (99)");
        recovery.cutOver(INCIDENT);

        UndoResult undone = recovery.undo(INCIDENT);

        assertThat(berths(postgres, live)).isEqualTo(11);
        assertThat(undone.setAside()).matches(live + "_undone_[0-9a-f]{8}");
        assertThat(recovery.undo(INCIDENT)).isEqualTo(undone);
        assertThat(databases(postgres, live)).containsExactly(live, undone.setAside());
        assertThatThrownBy(() -> recovery.cutOver(INCIDENT))
                .hasMessage("The swap of database " + live + " for incident " + INCIDENT + " was undone at "
                        + undone.at() + ". HINT: Start a recovery of its own.");
    }

    @Test
    void aLostDatabaseIsReplacedWithoutAQuarantine(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        postgres.psql("postgres", "DROP DATABASE " + live);

        CutOverResult result = recovery.cutOver(INCIDENT);

        assertThat(result.quarantine()).isNull();
        assertThat(berths(postgres, live)).isEqualTo(10);
        assertThatThrownBy(() -> recovery.undo(INCIDENT))
                .hasMessage("The swap of database " + live + " for incident " + INCIDENT
                        + " has no quarantine to go back to. HINT: Restore an older backup instead.");
    }

    @Test
    void applicationsKeepConnectingAndSeeTheOldOrTheRestoredDatabaseNeverANameless(RealPostgres postgres)
            throws Exception {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        postgres.psql(live, "INSERT INTO public.berths VALUES (99)");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger old = new AtomicInteger();
        AtomicInteger restored = new AtomicInteger();
        List<Thread> applications = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> hammer(postgres, live, stop, old, restored)))
                .toList();
        applications.forEach(Thread::start);
        await(() -> old.get() > 5);

        recovery.cutOver(INCIDENT);

        await(() -> restored.get() > 5);
        stop.set(true);
        for (Thread application : applications) {
            application.join();
        }
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void preparedTransactionsOfTheOldDatabaseAreRolledBackAndNamed(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        postgres.psql(live, "BEGIN; INSERT INTO public.berths VALUES (98); PREPARE TRANSACTION 'it''s prepared';");

        assertThat(recovery.cutOver(INCIDENT).rolledBack()).containsExactly("it's prepared");
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void aSecondRestoreIsNotTakenForTheOneThatTheIncidentSwappedBefore(RealPostgres postgres) {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        recovery.restore().orFail();
        CutOverResult first = recovery.cutOver(INCIDENT);
        recovery.restore().orFail();

        assertThatThrownBy(() -> recovery.cutOver(INCIDENT))
                .hasMessage("The swap of database " + live + " for incident " + INCIDENT + " was made at " + first.at()
                        + ", of an earlier restore. HINT: The database was lost once more: start a recovery under another"
                        + " incident's name.");
    }

    @Test
    void aLowerTokenIsFencedOffAndNothingIsRenamed(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        Dump dump = Dump.of(postgres, live, directory);
        Recovery old = new Recovery(postgres::connect, dump, new RestoreTarget(live, live, live + "_r", 4, true));
        old.restore().orFail();
        FencingTable.raise(postgres::connect, live, 5);

        assertThatThrownBy(() -> old.cutOver(INCIDENT))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.FENCED))
                .hasMessage("Target " + live + " belongs to fencing token 5, not to our 4."
                        + " HINT: A newer recovery has taken over; leave the target to it.");
        assertThat(databases(postgres, live)).containsExactly(live, live + "_r");
    }

    @Test
    void anEmptyLiveDatabaseAdmitsNobodyUntilTheSwapOrUntilTheRestoreIsAbandoned(RealPostgres postgres)
            throws SQLException {
        String source = harbour(postgres);
        String live = postgres.createDatabase();
        postgres.psql(live, "CREATE EXTENSION citext");
        Recovery recovery = Recovery.of(postgres, Dump.of(postgres, source, directory), live, live + "_r");

        recovery.prepare();
        assertThatThrownBy(() -> postgres.connect(live)).hasMessageContaining("not currently accepting connections");
        recovery.step((restore, archive) -> {
            restore.dropScratch();
            return null;
        });
        postgres.connect(live).close();
        assertThat(databases(postgres, live)).containsExactly(live);

        recovery.restore().orFail();
        recovery.cutOver(INCIDENT);
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void aRecoveryThatLooksAgainAfterItsCutOverFailedGoesOnWithWhatIsRestored(RealPostgres postgres)
            throws SQLException {
        String live = harbour(postgres);
        Recovery recovery = recovery(postgres, live);
        assertThat(recovery.prepare()).isFalse();
        recovery.restoreShards();
        assertThat(recovery.prepare()).isFalse();
        recovery.finish();
        assertThat(recovery.prepare()).isTrue();
        // The swap closes the live database in a transaction of its own, and then cannot rename it.
        postgres.psql("postgres", "ALTER TABLE lifeboat.swap ADD CONSTRAINT refused CHECK (target <> '" + live + "')");
        assertThatThrownBy(() -> recovery.cutOver(INCIDENT)).hasMessageContaining("refused");
        postgres.psql("postgres", "ALTER TABLE lifeboat.swap DROP CONSTRAINT refused");
        assertThatThrownBy(() -> postgres.connect(live)).hasMessageContaining("not currently accepting connections");

        recovery.step((restore, archive) -> {
            restore.reopenLive();
            return null;
        });

        assertThat(berths(postgres, live)).isEqualTo(10);
        assertThat(recovery.prepare()).isTrue();
        recovery.finish();
        recovery.cutOver(INCIDENT);
        recovery.step((restore, archive) -> {
            restore.reopenLive();
            return null;
        });
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void aLiveDatabaseThatHoldsAnythingStaysOpenWhileTheRestoreIsBuilt(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        recovery(postgres, live).restore().orFail();
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void aDrillLeavesNoDatabaseBehind(RealPostgres postgres) throws SQLException {
        String source = harbour(postgres);
        String live = source + "_drill";
        Recovery recovery = new Recovery(
                postgres::connect,
                Dump.of(postgres, source, directory),
                new RestoreTarget(live, live, live + "_r", 1, false));
        recovery.restore().orFail();
        recovery.cutOver(INCIDENT);
        DatabaseRestore withoutArchive =
                new DatabaseRestore(postgres::connect, null, new RestoreTarget(live, live, live + "_r", 1, false));

        withoutArchive.dropDrill();
        withoutArchive.dropDrill();

        assertThat(databases(postgres, source)).containsExactly(source);
    }

    @Test
    void aDrillDropsNoDatabaseThatItDidNotMake(RealPostgres postgres) throws SQLException {
        String live = harbour(postgres);
        DatabaseRestore drill =
                new DatabaseRestore(postgres::connect, null, new RestoreTarget(live, live, live + "_r", 1, false));

        assertThatThrownBy(drill::dropDrill)
                .hasMessage("Database " + live + " was not made by a drill of target " + live
                        + ". HINT: Give the drill target a scratch name; if this is one, drop the database by hand.");
        assertThat(berths(postgres, live)).isEqualTo(10);
    }

    @Test
    void aNameThatWouldBeTooLongIsCutBeforeItsSuffix() {
        String live = "ä".repeat(31);
        assertThat(Names.quarantine(live, INCIDENT)).matches("ä{21}_quarantine_[0-9a-f]{8}");
        assertThat(Names.quarantine(live, "another")).isNotEqualTo(Names.quarantine(live, INCIDENT));
    }

    private static String harbour(RealPostgres postgres) {
        String live = postgres.createDatabase();
        postgres.psql(
                live,
                "CREATE TABLE public.berths (number int PRIMARY KEY);"
                        + "INSERT INTO public.berths SELECT generate_series(1, 10); GRANT SELECT ON public.berths TO harbour_app;");
        return live;
    }

    private static Recovery recovery(RealPostgres postgres, String live) {
        Dump dump = Dump.of(postgres, live, directory);
        return new Recovery(postgres::connect, dump, new RestoreTarget(live, live, live + "_r", 1, true));
    }

    private static int berths(RealPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.connect(database)) {
            return berths(connection);
        }
    }

    private static int berths(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM public.berths")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<String> databases(RealPostgres postgres, String prefix) {
        return postgres.run("psql", "-Atc", "SELECT datname FROM pg_database ORDER BY 1", "postgres")
                .orFail()
                .output()
                .lines()
                .filter(name -> name.equals(prefix) || name.startsWith(prefix + "_"))
                .toList();
    }

    /** CREATE DATABASE and all that belongs to it, and to its roles within it. */
    private static String properties(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", "--create", "--schema-only", database)
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$|\\\\connect .*$", "");
    }

    private static void hammer(
            RealPostgres postgres, String live, AtomicBoolean stop, AtomicInteger old, AtomicInteger restored) {
        while (!stop.get()) {
            try (Connection connection = postgres.connect(live, "harbour_app", "app secret")) {
                (berths(connection) == 11 ? old : restored).incrementAndGet();
            } catch (SQLException e) {
                // Refused or ended: an application tries again.
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
