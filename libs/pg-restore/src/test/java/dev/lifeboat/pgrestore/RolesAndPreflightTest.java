package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class RolesAndPreflightTest {
    @TempDir
    private static Path directory;

    @Test
    void aNewClusterGetsTheRolesAsTheyWereAndThenTheDatabase(RealPostgres postgres) {
        try (RealPostgres lost = RealPostgres.start()) {
            lost.psql("postgres", Resources.text("roles.sql"));
            lost.psql("postgres", "CREATE DATABASE harbour");
            lost.psql("harbour", Resources.text("rich.sql"));
            Dump dump = Dump.of(lost, "harbour", directory);
            postgres.psql("postgres", "CREATE ROLE harbour_readers CONNECTION LIMIT 3");

            Recovery recovery = Recovery.of(postgres, dump, "harbour", "harbour_r");
            recovery.restore().orFail();
            recovery.cutOver("incident");

            assertThat(roles(postgres).replace(" CONNECTION LIMIT 3", ""))
                    .isEqualTo(roles(lost).replaceAll("(?m)^COMMENT ON ROLE harbour_readers.*\n", ""));
            assertThat(postgres.run(
                                    "psql",
                                    "-Atc",
                                    "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'harbour_readers'")
                            .orFail()
                            .output())
                    .isEqualTo("3\n");
        }
    }

    /** Without the superuser, whose password differs. */
    private static String roles(RealPostgres postgres) {
        return postgres.run("pg_dumpall", "--roles-only")
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$|^ALTER ROLE postgres .*$", "");
    }

    @Test
    void rolesThatMayNotBeCreatedAreNamedBeforeAnythingIsBuilt(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(source, """
                CREATE ROLE gone_owner; CREATE ROLE "gone; grantee"; CREATE ROLE gone_reader;
                CREATE TABLE t (); ALTER TABLE t OWNER TO gone_owner; GRANT SELECT ON t TO "gone; grantee";
                CREATE POLICY p ON t TO gone_reader USING (true);""");
        Dump dump = Dump.of(postgres, source, directory);
        postgres.psql(source, "DROP TABLE t; DROP ROLE gone_owner, \"gone; grantee\", gone_reader");
        RestoreTarget target = new RestoreTarget("roles", source, source + "_r", 1, false);

        assertThatThrownBy(() -> new Recovery(postgres::connect, dump, target).prepare())
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                .hasMessage("The server can't hold the dump of database " + source
                        + ": roles missing: gone; grantee, gone_owner, gone_reader."
                        + " HINT: Give the server what it lacks, or choose leave-out for missing roles, then try again;"
                        + " nothing was changed in the live database.");
        assertThatThrownBy(() -> postgres.connect(source + "_r")).hasMessageContaining("does not exist");
    }

    @Test
    void anExtensionThatTheServerLacksIsNamedBeforeAnythingIsBuilt(RealPostgres postgres) throws IOException {
        String source = postgres.createDatabase();
        postgres.psql(source, "CREATE EXTENSION hstore");
        Dump dump = Dump.of(postgres, source, directory);
        String bytes = Files.readString(dump.file(), StandardCharsets.ISO_8859_1);
        Files.writeString(dump.file(), bytes.replace("hstore", "hstorf"), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(
                        () -> Recovery.of(postgres, dump, source, source + "_r").prepare())
                .hasMessageStartingWith(
                        "The server can't hold the dump of database " + source + ": extension missing: hstorf.");
    }

    @Test
    void aLocaleAndAnEncodingThatTheServerLacksAreNamedBeforeAnythingIsBuilt(RealPostgres postgres) throws IOException {
        String source = postgres.createDatabase();
        Dump dump = Dump.of(postgres, source, directory);
        String bytes = Files.readString(dump.file(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("ENCODING = 'UTF8'", "LOCALE = 'C.UTF-8'");
        Files.writeString(
                dump.file(),
                bytes.replace("ENCODING = 'UTF8'", "ENCODING = 'UTF9'")
                        .replace("LOCALE = 'C.UTF-8'", "LOCALE = 'xx.UTF8'"),
                StandardCharsets.ISO_8859_1);

        assertThatThrownBy(
                        () -> Recovery.of(postgres, dump, source, source + "_r").prepare())
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                .hasMessageStartingWith("The server can't hold the dump of database " + source
                        + ": encoding missing: UTF9; locale missing in its operating system: xx.UTF8.");
        assertThatThrownBy(() -> postgres.connect(source + "_r")).hasMessageContaining("does not exist");
    }

    @Test
    void aServerThatWasBuiltWithoutIcuIsSaidToBeBeforeAnythingIsBuilt(RealPostgres postgres) {
        postgres.psql(
                "postgres",
                "CREATE DATABASE sorted TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'");
        Dump dump = Dump.of(postgres, "sorted", directory);
        Recovery recovery = Recovery.of(postgres, dump, "sorted", "sorted_r");
        // The collations that initdb makes of what ICU knows are what such a server lacks.
        postgres.psql("postgres", "CREATE TABLE of_icu AS SELECT * FROM pg_collation WHERE collprovider = 'i'");
        postgres.psql("postgres", "DELETE FROM pg_collation WHERE collprovider = 'i'");
        try {
            assertThatThrownBy(recovery::prepare)
                    .isInstanceOfSatisfying(
                            RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                    .hasMessage("The server can't hold the dump of database sorted: it was built without ICU, which the"
                            + " database's locale needs. HINT: Give the server what it lacks, then try again; nothing was changed"
                            + " in the live database.");
            assertThatThrownBy(() -> postgres.connect("sorted_r")).hasMessageContaining("does not exist");
        } finally {
            postgres.psql("postgres", "INSERT INTO pg_collation SELECT * FROM of_icu");
            postgres.psql("postgres", "DROP TABLE of_icu");
        }
        assertThat(recovery.restore().mismatches()).isEmpty();
        assertThat(postgres.psql(
                                "sorted_r",
                                "SELECT datlocprovider, daticulocale FROM pg_database WHERE datname = 'sorted_r'")
                        .output())
                .contains("i ", "en-US");
    }

    @Test
    void aTablespaceThatTheServerLacksIsNamedBeforeAnythingIsBuilt(RealPostgres postgres) throws IOException {
        Path elsewhere = Files.createDirectory(postgres.dataDirectory().resolveSibling("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setOwner(elsewhere, Files.getOwner(postgres.dataDirectory()));
        String source = postgres.createDatabase();
        postgres.psql("postgres", "CREATE TABLESPACE other_disk LOCATION '" + elsewhere + "'");
        postgres.psql(source, "CREATE TABLE t (a int) TABLESPACE other_disk");
        Dump dump = Dump.of(postgres, source, directory);
        postgres.psql(source, "DROP TABLE t");
        postgres.psql("postgres", "DROP TABLESPACE other_disk");

        assertThatThrownBy(
                        () -> Recovery.of(postgres, dump, source, source + "_r").prepare())
                .hasMessageStartingWith(
                        "The server can't hold the dump of database " + source + ": tablespace missing: other_disk.");
    }

    @Test
    void globalsThatDoMoreThanPgDumpallWritesAreRefusedAndNotRun() {
        assertThatThrownBy(() -> Globals.parse("CREATE ROLE a;\nDROP ROLE b;"))
                .hasMessage(
                        "The backup's globals have the statement 'DROP ROLE b', which pg_dumpall --globals-only does"
                                + " not write. HINT: Nothing was run of it; restore another backup, or remove the statement from"
                                + " a copy.");
        assertThatThrownBy(() -> Globals.parse("ALTER SYSTEM SET archive_command = 'x'"))
                .hasMessageContaining("ALTER SYSTEM SET archive_command = 'x'");
    }

    @Test
    void noMessageShowsAPassword(RealPostgres postgres) throws SQLException {
        try (Session session = new Session(postgres.connect("postgres"))) {
            assertThatThrownBy(
                            () -> session.execute("Creating roles", "ALTER ROLE nobody_here WITH LOGIN PASSWORD 'pw'"))
                    .hasMessage("Creating roles failed: ERROR: role \"nobody_here\" does not exist (SQLSTATE 42704)"
                            + " at: ALTER ROLE nobody_here WITH LOGIN PASSWORD …. HINT: PostgreSQL's documentation lists the"
                            + " SQLSTATE in Appendix A; trying again gives the same answer.");
        }
    }

    @Test
    void noMessageShowsARow(RealPostgres postgres) throws SQLException {
        try (Session session = new Session(postgres.connect(postgres.createDatabase()))) {
            session.execute(
                    "Preparing", "CREATE TABLE sessions AS SELECT 'a-secret' AS token FROM generate_series(1, 2)");

            assertThatThrownBy(
                            () -> session.execute("Building", "CREATE UNIQUE INDEX sessions_token ON sessions (token)"))
                    .hasMessage(
                            "Building failed: ERROR: could not create unique index \"sessions_token\" (SQLSTATE 23505)"
                                    + " at: CREATE UNIQUE INDEX sessions_token ON sessions (token). HINT: PostgreSQL's"
                                    + " documentation lists the SQLSTATE in Appendix A; trying again gives the same answer.");
        }
    }

    @Test
    void aRowThatDiffersOrLacksIsReportedForEveryTable(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE a AS SELECT 1 AS n; CREATE TABLE b AS SELECT generate_series(1, 3) AS n;"
                        + "CREATE TABLE c AS SELECT 5 AS n");
        Dump dump = Dump.of(postgres, source, directory);
        Recovery recovery = Recovery.of(postgres, dump, source, source + "_r");
        recovery.restore().orFail();
        postgres.psql(source + "_r", "UPDATE a SET n = 2; DELETE FROM b WHERE n = 2");

        assertThat(recovery.check().mismatches())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .matches("public\\.a has 1 rows as expected, but their fingerprint is [0-9a-f]{32},"
                                        + " expected [0-9a-f]{32}\\."),
                        second -> assertThat(second).isEqualTo("public.b has 2 rows, expected 3."));
        assertThatThrownBy(() -> recovery.check().orFail())
                .hasMessageStartingWith("2 of 3 tables are not what the backup holds: public.a has");
    }

    @Test
    void aPlanHoldsEveryEntryOnceLargestFirst(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE large AS SELECT md5(i::text) FROM generate_series(1, 5000) i;"
                        + "CREATE TABLE medium AS SELECT md5(i::text) FROM generate_series(1, 2000) i;"
                        + "CREATE TABLE small AS SELECT md5(i::text) FROM generate_series(1, 1500) i;");
        Recovery recovery = Recovery.of(postgres, Dump.of(postgres, source, directory), source, source + "_r");

        RestorePlan plan = recovery.step((restore, archive) -> RestorePlanner.plan(archive, 2, 1));

        assertThat(plan.sourceDatabase()).isEqualTo(source);
        assertThat(plan.shards()).hasSize(2);
        assertThat(plan.shards().get(0).parts()).hasSize(1);
        assertThat(plan.shards().get(1).parts()).hasSize(2);
        assertThat(plan).isEqualTo(recovery.step((restore, archive) -> RestorePlanner.plan(archive, 2, 1)));
        assertThat(recovery.plan().shards()).hasSize(3);
    }

    /** What a superuser's own settings may be, and pg_dump and a restore have to cope with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "timezone = 'Asia/Kathmandu'",
                "bytea_output = escape",
                "default_transaction_read_only = on",
                "role = nobody_special",
                "search_path = 'nowhere'",
                "statement_timeout = '200ms'"
            })
    void settingsOfTheSuperuserDoNotDisturbARestore(String setting, RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE t AS SELECT now() AS at, '\\x00ff'::bytea AS bytes; CREATE ROLE captain SUPERUSER LOGIN PASSWORD '"
                        + postgres.password() + "'; CREATE ROLE nobody_special");
        try {
            // A role that one becomes by a setting is for pg_dump to cope with: its caller says who it is to be.
            if (!setting.startsWith("role")) {
                postgres.psql("postgres", "ALTER ROLE captain SET " + setting);
            }
            Dump dump = Dump.of(postgres, source, directory, "--username=captain");
            postgres.psql("postgres", "ALTER ROLE captain SET " + setting);
            Recovery recovery = new Recovery(
                    database -> postgres.connect(database, "captain", postgres.password()),
                    dump,
                    new RestoreTarget("test-" + source, source, source + "_r", 1, true));

            assertThat(recovery.restore().mismatches()).isEmpty();
            recovery.step((restore, archive) -> {
                restore.dropScratch();
                return null;
            });
        } finally {
            postgres.psql(source, "REASSIGN OWNED BY captain TO postgres; DROP OWNED BY captain");
            postgres.psql(
                    "postgres",
                    "REASSIGN OWNED BY captain TO postgres; DROP OWNED BY captain;"
                            + " DROP ROLE captain; DROP ROLE nobody_special");
        }
    }

    @Test
    void aHalfMadeRestoreIsDroppedThoughItIsATemplateAndSubscribes(RealPostgres postgres) throws SQLException {
        String source = postgres.createDatabase();
        postgres.psql(
                source,
                "CREATE TABLE t (a int); CREATE SUBSCRIPTION afar CONNECTION 'host=127.0.0.1 port=1 dbname=x'"
                        + " PUBLICATION p WITH (connect = false); ALTER DATABASE " + source + " IS_TEMPLATE true");
        Recovery recovery = Recovery.of(postgres, Dump.of(postgres, source, directory), source, source + "_r");
        recovery.restore().orFail();
        postgres.psql("postgres", "DELETE FROM lifeboat.restore"); // so that it is nobody's

        assertThat(recovery.restore().mismatches()).isEmpty();
        recovery.step((restore, archive) -> {
            restore.dropScratch();
            return null;
        });

        assertThat(postgres.psql("postgres", "SELECT datname FROM pg_database").output())
                .contains(source)
                .doesNotContain(source + "_r");
    }
}
