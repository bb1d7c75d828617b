package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that lacks some of a dump's roles, and nobody to make them: what they own and may do is left out, and all else is there. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class MissingRolesTest {
    private static final String CHAIN = """
            CREATE TABLE t (a int);
            ALTER TABLE t OWNER TO gone;
            GRANT SELECT ON t TO kept WITH GRANT OPTION;
            GRANT INSERT ON t TO gone_reader WITH GRANT OPTION;
            GRANT USAGE ON SCHEMA public TO kept;
            SET SESSION AUTHORIZATION kept;
            GRANT SELECT ON t TO gone_reader;
            SET SESSION AUTHORIZATION gone_reader;
            GRANT INSERT ON t TO kept;
            RESET SESSION AUTHORIZATION;
            CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            ALTER FUNCTION f() OWNER TO gone;
            ALTER DEFAULT PRIVILEGES FOR ROLE gone GRANT SELECT ON TABLES TO kept;
            ALTER ROLE gone IN DATABASE chain SET work_mem = '5MB';
            ALTER ROLE kept IN DATABASE chain SET work_mem = '6MB';
            GRANT CONNECT ON DATABASE chain TO gone_reader;
            SELECT lo_create(77);
            ALTER LARGE OBJECT 77 OWNER TO gone;
            """;
    private static final String[] LEFT_OUT = {
        "owner of TABLE public.t: role gone is missing",
        "owner of FUNCTION public.f(): role gone is missing; it is SECURITY DEFINER, and runs as the role that restores",
        "owner of BLOB 77: role gone is missing",
        "owner of DATABASE chain: role gone is missing",
        "GRANT SELECT ON TABLE public.t TO gone_reader: role gone_reader is missing",
        "GRANT INSERT ON TABLE public.t TO gone_reader WITH GRANT OPTION: role gone_reader is missing",
        "GRANT INSERT ON TABLE public.t TO kept: role gone_reader is missing",
        "ALTER DEFAULT PRIVILEGES FOR ROLE gone GRANT SELECT ON TABLES TO kept: role gone is missing",
        "ALTER ROLE gone IN DATABASE chain SET work_mem TO '5MB': role gone is missing",
        "GRANT CONNECT ON DATABASE chain TO gone_reader: role gone_reader is missing",
    };

    @TempDir
    private static Path directory;

    /** Where the dumps come from, which has all roles. */
    private static RealPostgres lost;

    @BeforeAll
    static void makeRoles(RealPostgres postgres) {
        lost = RealPostgres.start();
        lost.psql("postgres", Resources.text("roles.sql"));
        lost.psql("postgres", "CREATE ROLE gone; CREATE ROLE gone_reader; CREATE ROLE kept");
        lost.psql("postgres", "CREATE DATABASE chain OWNER gone");
        lost.psql("chain", CHAIN);
        postgres.psql("postgres", "CREATE ROLE kept; CREATE ROLE harbour_app; CREATE ROLE \"Weird \"\"Role\"\" TO x\"");
    }

    @AfterAll
    static void stop() {
        lost.close();
    }

    private static RestoreTarget target(String live) {
        return new RestoreTarget(live, live, live + "_r", 1, false, MissingRoles.LEAVE_OUT);
    }

    private static String contents(RealPostgres postgres, String database, String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "--exclude-table-data=app.audit_rest_*"; // as in RestoreOracleTest
        all[1] = "--exclude-table-data=ddl_log";
        System.arraycopy(options, 0, all, 2, options.length);
        all[all.length - 1] = database;
        return postgres.run("pg_dump", all).orFail().output().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    private static String ask(RealPostgres postgres, String database, String sql) {
        return postgres.run("psql", "-XAtc", sql, database).orFail().output().strip();
    }

    @Test
    void ofARichSchemaAllIsThereButWhatTheyOwnAndMayDo(RealPostgres postgres) throws IOException {
        lost.psql("postgres", "CREATE DATABASE harbour");
        lost.psql("postgres", "ALTER DATABASE harbour SET timezone TO 'UTC'");
        lost.psql("harbour", Resources.text("rich.sql"));
        Dump dump = Dump.of(lost, "harbour", directory);
        Recovery recovery = new Recovery(postgres::connect, dump, target("harbour"));

        assertThat(recovery.restore().mismatches()).isEmpty();

        // What pg_restore would do, without the lines that name them.
        Path script = directory.resolve("harbour.sql");
        postgres.run("pg_restore", "--file=" + script, dump.file().toString()).orFail();
        String roles = "harbour_(owner|readers)";
        Files.writeString(
                script,
                Files.readString(script)
                        .replaceAll("(?m)^ALTER .* OWNER TO " + roles + ";$", "")
                        .replaceAll("(?m)^ALTER DEFAULT PRIVILEGES FOR ROLE " + roles + " .*;$", "")
                        .replaceAll("(?m)^(GRANT|REVOKE) .* (TO|FROM) " + roles + "( WITH GRANT OPTION)?;$", ""));
        postgres.psql("postgres", "CREATE DATABASE filtered TEMPLATE template0");
        postgres.psql("postgres", "ALTER DATABASE filtered SET timezone TO 'UTC'");
        postgres.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString(), "filtered")
                .orFail();
        assertThat(contents(postgres, "harbour_r").lines().toList())
                .isEqualTo(contents(postgres, "filtered").lines().toList());

        postgres.psql("postgres", "CREATE DATABASE unowned TEMPLATE template0");
        postgres.psql("postgres", "ALTER DATABASE unowned SET timezone TO 'UTC'");
        postgres.run(
                        "pg_restore",
                        "--exit-on-error",
                        "--no-owner",
                        "--no-privileges",
                        "--dbname=unowned",
                        dump.file().toString())
                .orFail();
        postgres.psql("harbour_r", "ALTER LARGE OBJECT 424242 OWNER TO postgres"); // harbour_app's, who is not missing
        assertThat(contents(postgres, "harbour_r", "--no-privileges").lines().toList())
                .isEqualTo(
                        contents(postgres, "unowned", "--no-privileges").lines().toList());
    }

    @Test
    void eachThingIsListedAndStaysLeftOutThoughTheRoleIsMadeMeanwhile(RealPostgres postgres) {
        Dump dump = Dump.of(lost, "chain", directory);
        Recovery recovery = new Recovery(postgres::connect, dump, target("chain"));
        recovery.prepare();

        List<String> leftOut = recovery.step((restore, archive) -> restore.leftOut());
        assertThat(leftOut).map(each -> each.replaceFirst("entry [0-9]+ ", "")).containsExactlyInAnyOrder(LEFT_OUT);
        postgres.psql("postgres", "CREATE ROLE gone");
        recovery.prepare();
        recovery.restoreShards();
        recovery.finish();
        assertThat(recovery.check().mismatches()).isEmpty();
        recovery.cutOver("incident");

        postgres.psql("postgres", "DROP ROLE gone"); // which nothing belongs to
        assertThat(ask(postgres, "chain", "SELECT relacl FROM pg_class WHERE relname = 't'"))
                .isEqualTo("{postgres=arwdDxt/postgres,kept=r*/postgres}");
        assertThat(ask(
                        postgres,
                        "chain",
                        "SELECT setconfig FROM pg_db_role_setting WHERE setdatabase ="
                                + " (SELECT oid FROM pg_database WHERE datname = 'chain')"))
                .isEqualTo("{work_mem=6MB}");
        assertThat(ask(postgres, "chain", "SELECT count(*) FROM pg_default_acl"))
                .isEqualTo("0");
        recovery.step((restore, archive) -> {
            restore.dropDrill();
            return null;
        });
    }

    @Test
    void aPlainDumpIsRestoredInTheSameWay(RealPostgres postgres) throws IOException {
        Path file = directory.resolve("chain.sql");
        lost.run("pg_dump", "--create", "--file=" + file, "chain").orFail();

        assertThat(leftOutOfScript(postgres, file, "script1"))
                .contains(
                        "owner of what the script gives to that role: role gone is missing",
                        "owner and grantor of what the script does as that role: role gone_reader is missing",
                        "GRANT SELECT ON TABLE public.t TO gone_reader: role gone_reader is missing");
        assertThat(ask(postgres, "script1_r", "SELECT relacl FROM pg_class WHERE relname = 't'"))
                .isEqualTo("{postgres=arwdDxt/postgres,kept=r*/postgres}");

        Path authorized = directory.resolve("authorized.sql");
        lost.run("pg_dump", "--create", "--use-set-session-authorization", "--file=" + authorized, "chain")
                .orFail();
        leftOutOfScript(postgres, authorized, "script2");
        assertThat(contents(postgres, "script2_r")).isEqualTo(contents(postgres, "script1_r"));
    }

    private static List<String> leftOutOfScript(RealPostgres postgres, Path file, String live) throws IOException {
        try (DumpContents dump = DumpFormat.SCRIPT.open(new FileByteSource(file))) {
            DatabaseRestore restore = new DatabaseRestore(postgres::connect, dump, target(live));
            restore.prepare("", RestorePlanner.plan((PlainScript) dump));
            assertThat(restore.finish(Instant.MAX, 1).finished()).isTrue();
            return restore.leftOut().stream()
                    .map(each -> each.replaceFirst("entry [0-9]+ ", ""))
                    .toList();
        }
    }

    @Test
    void policiesAndUserMappingsAreNeverLeftOut(RealPostgres postgres) {
        lost.psql("postgres", "CREATE DATABASE guarded");
        lost.psql("guarded", """
                CREATE TABLE t (a int);
                ALTER TABLE t OWNER TO gone;
                ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                CREATE POLICY p ON t TO gone_reader USING (a > 0);
                CREATE FOREIGN DATA WRAPPER w;
                CREATE SERVER s FOREIGN DATA WRAPPER w;
                CREATE USER MAPPING FOR harbour_readers SERVER s;
                """);
        Recovery recovery = new Recovery(postgres::connect, Dump.of(lost, "guarded", directory), target("guarded"));

        assertThatThrownBy(recovery::prepare)
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                .hasMessageStartingWith("The server can't hold the dump of database guarded: policy's or user mapping's"
                        + " roles missing: gone_reader, harbour_readers.");
    }
}
