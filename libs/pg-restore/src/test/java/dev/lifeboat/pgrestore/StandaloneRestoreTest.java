package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A restore with no live database, no recovery and no drill: what is left on the server is the database alone. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class StandaloneRestoreTest {
    @TempDir
    private static Path directory;

    private static String source;
    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        postgres.psql("postgres", "CREATE ROLE keeper");
        source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE notes (id int PRIMARY KEY, note text); ALTER TABLE notes OWNER TO keeper;"
                        + " INSERT INTO notes SELECT i, md5(i::text) FROM generate_series(1, 1000) i;"
                        + " CREATE INDEX ON notes (note); CREATE TABLE more (id int REFERENCES notes);"
                        + " INSERT INTO more VALUES (1), (2); COMMENT ON DATABASE " + source + " IS 'notes'");
        postgres.psql("postgres", "ALTER DATABASE " + source + " SET work_mem TO '5MB'");
        dump = Dump.of(postgres, source, directory);
    }

    private static void with(RealPostgres postgres, String database, Consumer<Run> work) {
        try (PgArchive archive = dump.open()) {
            RestorePlan plan = RestorePlanner.plan(archive, 4, 2);
            work.accept(new Run(
                    new StandaloneRestore(
                            postgres::connect, archive, database, MissingRoles.REFUSE, RestoreObserver.NONE),
                    plan));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Run(StandaloneRestore restore, RestorePlan plan) {
        void toTheCheck() {
            restore.requirePossible();
            if (!restore.prepare(dump.globals(), plan)) {
                restore.load(plan, 2);
            }
            restore.finish(2);
            assertThat(restore.check(dump.expected()).mismatches()).isEmpty();
        }

        void all() {
            toTheCheck();
            restore.place();
        }
    }

    private static String databases(RealPostgres postgres, String like) {
        return ask(
                postgres,
                "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE '" + like + "%'");
    }

    private static String notes(RealPostgres postgres) {
        return ask(postgres, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'lifeboat%'");
    }

    private static String ask(RealPostgres postgres, String sql) {
        return postgres.run("psql", "-XAtc", sql, "postgres").orFail().output().strip();
    }

    private static String contents(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", "--create", database)
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$", "")
                .replace(database, "DATABASE");
    }

    @Test
    void theDatabaseIsWhatWasDumpedAndNothingElseIsLeft(RealPostgres postgres) {
        with(postgres, "alone1", Run::all);

        assertThat(contents(postgres, "alone1")).isEqualTo(contents(postgres, source));
        assertThat(databases(postgres, "alone1")).isEqualTo("alone1");
        assertThat(notes(postgres)).isEqualTo("0");
    }

    @Test
    void aDatabaseThatExistsIsRefusedAndUntouched(RealPostgres postgres) {
        postgres.psql("postgres", "CREATE DATABASE alone2");

        assertThatThrownBy(() -> with(postgres, "alone2", Run::all))
                .isInstanceOf(RestoreException.class)
                .hasMessage(
                        "Database alone2 exists already. HINT: Choose another name, or rename or drop that one first;"
                                + " a restore never touches it.");
        assertThat(databases(postgres, "alone2")).isEqualTo("alone2");
        assertThat(notes(postgres)).isEqualTo("0");
    }

    @Test
    void aNameThatIsTakenMeanwhileIsRefusedAndTheRestoreGoesOnOnceItIsFree(RealPostgres postgres) {
        with(postgres, "alone3", run -> {
            run.toTheCheck();
            postgres.psql("postgres", "CREATE DATABASE alone3");
            assertThatThrownBy(() -> run.restore().place())
                    .isInstanceOf(RestoreException.class)
                    .hasMessageStartingWith("Database alone3 exists already.");
        });
        postgres.psql("postgres", "DROP DATABASE alone3");

        with(postgres, "alone3", run -> {
            assertThat(run.restore().requirePossible()).as("begun").isTrue();
            assertThat(run.restore().prepare("", run.plan())).as("loaded").isTrue();
            run.all();
        });

        assertThat(contents(postgres, "alone3")).isEqualTo(contents(postgres, source));
        assertThat(notes(postgres)).isEqualTo("0");
    }

    @Test
    void whatTheServerLacksIsSaidAndNothingIsLeft(RealPostgres postgres) {
        try (RealPostgres other = RealPostgres.start()) {
            with(
                    other,
                    "alone4",
                    run -> assertThatThrownBy(() -> run.restore().prepare("", run.plan()))
                            .isInstanceOf(RestoreException.class)
                            .hasMessageContaining("role missing: keeper"));
            assertThat(databases(other, "alone4")).isEmpty();
            assertThat(notes(other)).isEqualTo("0");

            with(other, "alone4", Run::all);
            assertThat(contents(other, "alone4")).isEqualTo(contents(postgres, source));
        }
    }

    @Test
    void anAbandonedRestoreLeavesNothing(RealPostgres postgres) {
        with(postgres, "alone5", run -> run.restore().prepare("", run.plan()));
        assertThat(databases(postgres, "alone5")).startsWith("alone5_unfinished_");
        assertThat(notes(postgres)).isEqualTo("1");

        new StandaloneRestore(postgres::connect, null, "alone5", MissingRoles.REFUSE, RestoreObserver.NONE).abandon();

        assertThat(databases(postgres, "alone5")).isEmpty();
        assertThat(notes(postgres)).isEqualTo("0");
    }

    @Test
    void theNotesOfARecoveryOnTheSameServerStay(RealPostgres postgres) {
        FencingTable.raise(postgres::connect, "shop", 7);
        try {
            with(postgres, "alone6", Run::all);

            assertThat(ask(postgres, "SELECT target || ' ' || token FROM lifeboat.fence"))
                    .isEqualTo("shop 7");
        } finally {
            postgres.psql("postgres", "DROP SCHEMA lifeboat CASCADE");
        }
    }

    @Test
    void aRoleThatIsNoSuperuserIsRefused(RealPostgres postgres) {
        postgres.psql("postgres", "CREATE ROLE clerk LOGIN PASSWORD 'clerk'");
        StandaloneRestore restore = new StandaloneRestore(
                database -> postgres.connect(database, "clerk", "clerk"),
                null,
                "alone7",
                MissingRoles.REFUSE,
                RestoreObserver.NONE);

        assertThatThrownBy(restore::requirePossible)
                .isInstanceOf(RestoreException.class)
                .hasMessage("Role clerk is no superuser. HINT: Connect as one: databases, roles and large objects of"
                        + " others are made.");
    }
}
