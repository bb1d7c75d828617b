package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we restore is what pg_restore restores, as pg_dump sees it. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class RestoreOracleTest {
    private static final String ZONE = "Pacific/Auckland";
    private static final Path VERSIONS = Path.of(
            System.getProperty("lifeboat.root"), "libs/pg-archive/src/test/resources/dev/lifeboat/pgarchive/versions");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void createRoles(RealPostgres postgres) {
        postgres.psql("postgres", Resources.text("roles.sql"));
        postgres.psql("postgres", "CREATE ROLE fixture_owner; CREATE ROLE fixture_reader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--compress=6",
                "--compress=0",
                "--load-via-partition-root",
                "--format=directory --compress=6",
                "--format=directory --compress=0"
            })
    void aRichSchemaIsRestoredAsPgRestoreDoes(String options, RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql("postgres", "ALTER DATABASE " + source + " SET timezone TO '" + ZONE + "'");
        postgres.psql(source, Resources.text("rich.sql"));
        Dump dump = Dump.of(postgres, source, directory, options.split(" "));

        CheckResult check =
                Recovery.of(postgres, dump, source, source + "_ours").restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(check.tables()).isEqualTo(dump.expected().size()).isGreaterThan(12);
        assertSameContents(contents(postgres, source + "_ours"), restoredByPgRestore(postgres, dump, source));
    }

    /**
     * A database that is called locale, and set to what would change what is read. pg_restore is given what only it needs: under array_nulls =
     * off it would make texts of its NULLs.
     */
    @Test
    void whatADatabaseIsSetToChangesNothing(RealPostgres postgres) {
        postgres.psql("postgres", """
                CREATE DATABASE locale TEMPLATE template0;
                ALTER DATABASE locale SET standard_conforming_strings TO off;
                ALTER DATABASE locale SET array_nulls TO off;
                ALTER DATABASE locale SET default_transaction_isolation TO serializable;
                ALTER DATABASE locale SET datestyle TO 'SQL, DMY';
                ALTER DATABASE locale SET extra_float_digits TO -10;
                ALTER DATABASE locale SET intervalstyle TO sql_standard;
                ALTER DATABASE locale SET bytea_output TO escape;
                COMMENT ON DATABASE locale IS E'a \\\\ backslash';
                """);
        postgres.psql("locale", """
                SET statement_timeout = 0; SET array_nulls = on; SET standard_conforming_strings = on;
                CREATE TYPE odd AS ENUM ('it''s \\ odd');
                CREATE TABLE t (id int PRIMARY KEY, list text[], day text DEFAULT 'C:\\new', span interval, bytes bytea,
                    kind odd DEFAULT 'it''s \\ odd', CHECK (day <> '\\'));
                INSERT INTO t SELECT i, ARRAY['a', NULL, 'NULL', '\\'], '02/01/20' || 10 + i % 9, make_interval(days => -i, secs => i),
                    '\\x005c' FROM generate_series(1, 400) i;
                COMMENT ON TABLE t IS E'a \\\\ backslash, \\n a line and it''s end';
                CREATE TABLE u AS SELECT * FROM t;
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS E'SELECT $$\\\\$$';
                CREATE MATERIALIZED VIEW months AS
                    SELECT to_char(day::date, 'YYYY-MM') m, (1 / 3.0::float8)::text third, count(*) FROM t GROUP BY 1;
                """);
        Dump dump = Dump.of(postgres, "locale", directory);

        CheckResult check =
                Recovery.of(postgres, dump, "locale_live", "locale_ours").restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(postgres.psql(
                                "postgres",
                                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'locale_ours'")
                        .output())
                .contains(" a \\ backslash\n");
        postgres.psql(
                "postgres",
                "ALTER DATABASE locale_ours RESET ALL; CREATE DATABASE locale_oracle TEMPLATE template0;"
                        + " ALTER DATABASE locale_oracle SET datestyle TO 'SQL, DMY';"
                        + " ALTER DATABASE locale_oracle SET extra_float_digits TO -10");
        postgres.run(
                        "pg_restore",
                        "--exit-on-error",
                        "--dbname=locale_oracle",
                        dump.file().toString())
                .orFail();
        postgres.psql("postgres", "ALTER DATABASE locale_oracle RESET ALL");
        assertSameContents(contents(postgres, "locale_ours"), contents(postgres, "locale_oracle"));
        assertThat(postgres.psql("locale_ours", "SELECT * FROM months").output())
                .isEqualTo(
                        postgres.psql("locale_oracle", "SELECT * FROM months").output())
                .contains("2010-01");
    }

    @Test
    void aBenchmarkDatabaseIsRestoredAsPgRestoreDoes(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.run("pgbench", "-i", "-s", "1", "--foreign-keys", "--partitions=3", source)
                .orFail();
        Dump dump = Dump.of(postgres, source, directory);

        CheckResult check =
                Recovery.of(postgres, dump, source, source + "_ours").restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(check.rows()).isEqualTo(100_011);
        assertSameContents(contents(postgres, source + "_ours"), restoredByPgRestore(postgres, dump, source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"13-rich", "13-rich-pipe"})
    void anEarlierVersionsArchiveIsRestoredAsPgRestoreDoes(String name, RealPostgres postgres) {
        Dump dump = Dump.of(VERSIONS.resolve(name + ".dump"));
        String restored = "of_" + name.replace('-', '_');

        CheckResult check =
                Recovery.of(postgres, dump, restored + "_live", restored).restore();

        assertThat(check.mismatches()).isEmpty();
        postgres.psql("postgres", "ALTER DATABASE " + restored + " SET timezone TO '" + ZONE + "'");
        assertSameContents(contents(postgres, restored), restoredByPgRestore(postgres, dump, restored));
    }

    /** This server's pg_restore can't read them: what the script that made them put into the database is the oracle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "17-none",
                "17-gzip-redirected",
                "17-lz4",
                "17-lz4-pipe",
                "17-zstd",
                "17-zstd-pipe",
                "17-lz4.d",
                "17-zstd.d"
            })
    void anArchiveOfALaterVersionIsRestored(String name, RealPostgres postgres) {
        Dump dump = Dump.of(VERSIONS.resolve(name.endsWith(".d") ? name : name + ".dump"));
        String restored = "of_" + name.replace('-', '_').replace('.', '_');

        CheckResult check =
                Recovery.of(postgres, dump, restored + "_live", restored).restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(check.rows()).isEqualTo(3300);
        assertThat(postgres.psql(restored, "SELECT indexdef FROM pg_indexes WHERE tablename = 'measured' ORDER BY 1")
                        .output())
                .contains("CREATE INDEX measured_place_idx ON public.measured USING btree (place)", "measured_pkey");
        assertThat(postgres.psql(
                                restored,
                                "SELECT m.oid, convert_from(lo_get(m.oid), 'UTF8'), lomacl, obj_description(m.oid, 'pg_largeobject')"
                                        + " FROM pg_largeobject_metadata m ORDER BY 1")
                        .output())
                .contains(
                        "3000 | the first",
                        "3001 |",
                        "empty",
                        "3002 | nobody but its owner's",
                        "{postgres=rw/postgres,=r/postgres}");
    }

    /** That version puts a comment before the constraint that it is on: its own pg_restore says that there is none, and goes on without. */
    @ParameterizedTest
    @ValueSource(strings = {"16-none", "16-gzip", "16-gzip-pipe"})
    void anArchiveOfVersion16IsRestoredWithTheCommentThatComesTooEarly(String name, RealPostgres postgres) {
        Dump dump = Dump.of(VERSIONS.resolve(name + ".dump"));
        String restored = "of_" + name.replace('-', '_');

        CheckResult check =
                Recovery.of(postgres, dump, restored + "_live", restored).restore();

        assertThat(check.mismatches()).isEmpty();
        assertThat(check.rows()).isEqualTo(500);
        assertThat(contents(postgres, restored))
                .contains(
                        "COMMENT ON CONSTRAINT \"is Short\" ON DOMAIN s.\"a Code\" IS 'late';",
                        "COMMENT ON CONSTRAINT filled ON DOMAIN s.\"a Code\" IS 'early';",
                        "COMMENT ON CONSTRAINT \"is Short\" ON s.t IS 'of a table';",
                        "lowrite(0, '\\x616e206f626a656374')");
    }

    /** The first differing lines say more than two whole dumps. */
    private static void assertSameContents(String ours, String oracle) {
        List<String> actual = ours.lines().toList();
        List<String> expected = oracle.lines().toList();
        int at = 0;
        while (at < actual.size() && at < expected.size() && actual.get(at).equals(expected.get(at))) {
            at++;
        }
        assertThat(actual.subList(at, Math.min(actual.size(), at + 5)))
                .as("from line %d on", at)
                .isEqualTo(expected.subList(at, Math.min(expected.size(), at + 5)));
    }

    private static String restoredByPgRestore(RealPostgres postgres, Dump dump, String source) {
        String oracle = source + "_oracle";
        postgres.run("createdb", "--template=template0", oracle).orFail();
        // What materialised views hold depends on it; pg_restore sets it only for a database of the dumped one's name.
        postgres.psql("postgres", "ALTER DATABASE " + oracle + " SET timezone TO '" + ZONE + "'");
        postgres.run(
                        "pg_restore",
                        "--exit-on-error",
                        "--dbname=" + oracle,
                        dump.file().toString())
                .orFail();
        return contents(postgres, oracle);
    }

    /**
     * A dump without what differs from run to run. An enum's hash depends on its values' OIDs, so the rows of those partitions lie
     * now in one, now in the other: their check is the fingerprint's. And pg_restore's own REFRESH fires event triggers, ours does
     * not: the fingerprint says that their log is as it was.
     */
    private static String contents(RealPostgres postgres, String database) {
        return postgres.run(
                        "pg_dump", "--exclude-table-data=app.audit_rest_*", "--exclude-table-data=ddl_log", database)
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
