package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/aws/restore-postgres.sh}: brings back, refuses what is not sound, and takes itself back. */
@ExtendWith({RealPostgresExtension.class, LocalS3.Extension.class})
class RestoreScriptTest {
    private static final String BELONGS_TO_THE_NAME = """
            CREATE ROLE IF_MISSING_owner;
            ALTER DATABASE DB OWNER TO IF_MISSING_owner;
            ALTER DATABASE DB CONNECTION LIMIT 17;
            ALTER DATABASE DB SET work_mem = '7MB';
            ALTER DATABASE DB SET app.note = E'it''s "x", \\\\ y';
            ALTER ROLE IF_MISSING_owner IN DATABASE DB SET lock_timeout = '5s';
            REVOKE ALL ON DATABASE DB FROM PUBLIC;
            GRANT CONNECT ON DATABASE DB TO IF_MISSING_owner WITH GRANT OPTION;
            COMMENT ON DATABASE DB IS 'One line,
            and\\another';
            """;
    private static final String PROPERTIES = """
            SELECT pg_get_userbyid(datdba), datconnlimit, datacl, datallowconn, shobj_description(d.oid, 'pg_database'),
              (SELECT array_agg((setrole::regrole, setconfig)::text ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid)
            FROM pg_database d WHERE datname = current_database()
            """;

    private final RealPostgres postgres;
    private final LocalS3 s3;
    private String database;

    @TempDir
    Path directory;

    RestoreScriptTest(RealPostgres postgres, LocalS3 s3) {
        this.postgres = postgres;
        this.s3 = s3;
    }

    @BeforeEach
    void backUp() throws IOException {
        s3.useNewBucket();
        database = postgres.createDatabase();
        postgres.psql(database, AwkwardTables.SQL);
        postgres.psql("postgres", BELONGS_TO_THE_NAME.replace("DB", database).replace("IF_MISSING", database));
        script("scripts/aws/backup-postgres.sh")
                .with(Map.of("BACKUP_KIND", "daily", "BACKUP_SSE", "AES256"))
                .run()
                .orFail();
    }

    @Test
    void theDatabaseIsBackWithAllThatBelongsToItsName() throws IOException {
        String before = query(database, PROPERTIES);
        postgres.psql(database, "DELETE FROM plain WHERE a > 10; DROP TABLE child;");

        Script.Ended ended = restore("newest", "--unverified", "--yes");

        assertThat(ended.orFail().output())
                .matches(
                        "database '" + database + "' is daily/backup_[0-9_]{15}, with everything committed until .*Z; "
                                + "the old one is kept as 'lifeboat_quarantine_[0-9_]{15}' \\(restore-postgres.sh undo swaps back\\)\n");
        assertThat(query(database, "SELECT count(*), (SELECT count(*) FROM ONLY child) FROM plain"))
                .isEqualTo("1000|2");
        assertThat(query(database, "SELECT count(*) FROM matview")).isEqualTo("1000");
        assertThat(query(database, PROPERTIES)).isEqualTo(before).contains("lock_timeout=5s", "app.note=it's");
        assertThat(workLeft()).isEmpty();
    }

    @Test
    void undoBringsTheOldDatabaseBackAndKeepsTheRestoredOne() {
        postgres.psql(database, "DELETE FROM plain WHERE a > 10;");
        String before = query(database, PROPERTIES);
        restore("newest", "--unverified", "--yes", "--from", "local").orFail();
        assertThat(query(database, "SELECT count(*) FROM plain")).isEqualTo("1000");

        Script.Ended ended = script("scripts/aws/restore-postgres.sh").run("undo", "--yes");

        assertThat(ended.orFail().output())
                .matches("database '" + database
                        + "' is again what it was; the restored one is kept as 'lifeboat_undone_[0-9_]{15}'\n");
        assertThat(query(database, "SELECT count(*) FROM plain")).isEqualTo("10");
        assertThat(query(database, PROPERTIES)).isEqualTo(before);
        assertThat(script("scripts/aws/restore-postgres.sh")
                        .run("undo", "--yes")
                        .errors())
                .isEqualTo("ERROR: there is nothing to undo: no restore of '" + database
                        + "' left a quarantine. HINT: Name one with --quarantine; psql -l shows the databases.\n");
    }

    @Test
    void openConnectionsAndPreparedTransactionsDoNotStopTheSwap() throws Exception {
        try (var application = postgres.connect(database);
                var statement = application.createStatement()) {
            statement.execute("BEGIN; INSERT INTO plain VALUES (1001); PREPARE TRANSACTION 'it''s prepared'");
            statement.execute("BEGIN; INSERT INTO plain VALUES (1002)");

            restore("newest", "--unverified", "--yes").orFail();

            assertThat(query(database, "SELECT count(*) FROM plain")).isEqualTo("1000");
            assertThat(query("postgres", "SELECT count(*) FROM pg_prepared_xacts"))
                    .isEqualTo("0");
        }
    }

    @Test
    void rolesThatAreMissingComeBackAndOthersStayAsTheyAre() {
        String owner = database + "_owner";
        postgres.psql(
                "postgres",
                "DROP DATABASE " + database + "; ALTER ROLE " + owner + " RENAME TO gone_" + owner + "; DROP ROLE gone_"
                        + owner + "; CREATE DATABASE " + database
                        + "; ALTER ROLE postgres SET statement_timeout = '77s'");
        try {
            restore("newest", "--unverified", "--yes").orFail();

            assertThat(query("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + owner + "'"))
                    .isEqualTo("f");
            assertThat(query("postgres", "SELECT rolconfig FROM pg_roles WHERE rolname = 'postgres'"))
                    .isEqualTo("{statement_timeout=77s}");
        } finally {
            postgres.psql("postgres", "ALTER ROLE postgres RESET statement_timeout");
        }
    }

    @Test
    void aBackupWithoutAGoodVerdictIsRefused() {
        String id = s3.keys().get(0).replaceFirst("dumps/(.*)\\.dump", "$1");

        assertThat(restore(id, "--yes").errors())
                .isEqualTo("ERROR: the verdict on " + id
                        + " is 'none', not 'verified'. HINT: Choose another one, or give --unverified.\n");

        s3.put(
                "verdicts/" + id + "/20260101T000000.000Z.json",
                "{\"status\" : \"verified\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        s3.put(
                "verdicts/" + id + "/20260102T000000.000Z.json",
                "{\"status\" : \"corrupt\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(restore(id, "--yes").errors())
                .isEqualTo("ERROR: the verdict on " + id
                        + " is 'corrupt', not 'verified'. HINT: Choose another one, or give --unverified.\n");
        assertThat(script("scripts/aws/restore-postgres.sh").run("list").output())
                .isEqualTo("%-32s VERDICT%n%-32s corrupt%n1 of 1 backups in s3://%s%n"
                        .formatted("BACKUP", id, s3.bucket()));

        s3.put(
                "verdicts/" + id + "/20260103T000000.000Z.json",
                "{\"status\" : \"verified\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        restore(id, "--yes").orFail();
    }

    @Test
    void storageThatDoesNotAnswerIsNoMissingVerdict() {
        Script script = script("scripts/aws/restore-postgres.sh")
                .replacing(
                        "aws",
                        "case \"$*\" in *verdicts/*) echo 'SlowDown' >&2; exit 254 ;; esac; exec \"$(type -aP aws | tail -n 1)\" \"$@\"");

        for (String[] arguments : new String[][] {{"list"}, {"restore", "newest", "--yes"}}) {
            Script.Ended ended = script.run(arguments);

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.errors())
                    .startsWith("ERROR: cannot list s3://" + s3.bucket() + "/verdicts/daily/backup_")
                    .endsWith(": SlowDown HINT: Check the credentials and try again; --from local needs no storage.\n")
                    .hasLineCount(1);
        }
        assertUntouched();
    }

    @Test
    void killedInTheMiddleOfTheSwapItDoesItAgainAndLeavesTheDatabaseOpen() throws Exception {
        String id = s3.keys().get(0).replaceFirst("dumps/(.*)\\.dump", "$1");
        killInTheSwap(id);
        assertThat(query("postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + database + "'"))
                .isEqualTo("f");

        restore(id, "--from", "local", "--yes").orFail();

        assertThat(query(database, "SELECT count(*) FROM plain")).isEqualTo("1000");
    }

    @Test
    void killedInTheMiddleOfTheSwapTheNextRunOpensTheDatabaseAlthoughItFails() throws Exception {
        killInTheSwap(s3.keys().get(0).replaceFirst("dumps/(.*)\\.dump", "$1"));

        assertThat(restore("daily/backup_20200101_000000", "--from", "local", "--yes")
                        .errors())
                .startsWith("ERROR: ")
                .contains("does not exist");

        assertThat(query("postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + database + "'"))
                .isEqualTo("t");
    }

    private void killInTheSwap(String id) throws Exception {
        postgres.psql("postgres", "CREATE SCHEMA IF NOT EXISTS lifeboat; CREATE TABLE IF NOT EXISTS lifeboat.fence ()");
        Script script = script("scripts/aws/restore-postgres.sh");
        try (var holder = postgres.connect("postgres");
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE lifeboat.fence IN ACCESS EXCLUSIVE MODE");
            Process process = script.start("restore", id, "--from", "local", "--yes");
            while (!waits("LOCK TABLE lifeboat.fence")) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(50);
            }
            process.destroyForcibly().waitFor();
            awaitEndOfItsSession();
        }
    }

    /** psql ends when its input does. */
    private void awaitEndOfItsSession() throws Exception {
        postgres.psql(
                "postgres",
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'lifeboat-restore-shell'");
    }

    @Test
    void namesAndDirectoriesWithBackslashesAndQuotesAreTakenAsTheyAre() throws Exception {
        String odd = database + "\\n'x\"\\y";
        String quoted = '"' + odd.replace("\"", "\"\"") + '"';
        postgres.psql("postgres", "ALTER DATABASE " + database + " RENAME TO " + quoted);
        Path work = Files.createDirectories(directory.resolve("wo'r\\nk"));
        s3.useNewBucket();
        script("scripts/aws/backup-postgres.sh")
                .with("PGDATABASE", odd)
                .with(Map.of("BACKUP_KIND", "daily", "BACKUP_SSE", "AES256"))
                .run()
                .orFail();
        Script script = script("scripts/aws/restore-postgres.sh")
                .with("PGDATABASE", odd)
                .with("RESTORE_DIR", work.toString());

        Script.Ended restored =
                script.run("restore", "newest", "--unverified", "--yes").orFail();
        String quarantine = restored.output().replaceFirst("(?s).*kept as '(\\w+)'.*", "$1");
        postgres.psql("postgres", "ALTER DATABASE " + quarantine + " RENAME TO " + quoted.replace("y\"", "z\""));
        Script.Ended undone = script.run("undo", "--quarantine", odd.replaceFirst("y$", "z"), "--yes")
                .orFail();

        assertThat(undone.output()).startsWith("database '" + odd + "' is again what it was;");
    }

    @Test
    void aSwapThatFailsOpensWhatAnEarlierRunClosedBeforeItWasKilled() {
        String id = s3.keys().get(0).replaceFirst("dumps/(.*)\\.dump", "$1");
        postgres.psql(
                "postgres",
                "DROP SCHEMA IF EXISTS lifeboat CASCADE; CREATE SCHEMA lifeboat; CREATE TABLE lifeboat.manual_closed (live text PRIMARY KEY);"
                        + " INSERT INTO lifeboat.manual_closed VALUES ('" + database + "');"
                        + " CREATE TABLE lifeboat.manual_swap (live text CHECK (false));"
                        + " ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");

        Script.Ended ended = restore(id, "--from", "local", "--yes");

        assertThat(ended.code()).isEqualTo(1);
        assertUntouched();
        postgres.psql("postgres", "DROP SCHEMA lifeboat CASCADE");
    }

    @Test
    void aProbeMayBeConnectedAndARecoveryMayNot() throws Exception {
        String id = s3.keys().get(0).replaceFirst("dumps/(.*)\\.dump", "$1");
        try (var other = postgres.connect("postgres");
                var statement = other.createStatement()) {
            statement.execute("SET application_name = 'lifeboat/cloudtolocalllm/7'");
            assertThat(restore(id, "--from", "local", "--yes").errors())
                    .startsWith("ERROR: an automatic recovery is connected to this server. HINT: Set Lifeboat's mode");
            statement.execute("SET application_name = 'lifeboat-probe'");
            restore(id, "--from", "local", "--yes").orFail();
        }
    }

    private boolean waits(String statement) {
        return query(
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '"
                                + statement + "%'")
                .equals("1");
    }

    @Test
    void aFlippedBitIsNoticedBeforeAnythingIsDone() throws IOException {
        Path dump = local(".dump");
        byte[] content = Files.readAllBytes(dump);
        content[content.length / 2] ^= 1;
        Files.write(dump, content);

        Script.Ended ended = restore("newest", "--from", "local", "--yes");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .contains("ERROR: the SHA-256 of '" + dump + "' is ")
                .endsWith(": the backup is corrupt. HINT: Try the next older backup.\n");
        assertUntouched();
    }

    @Test
    void rowsThatTheManifestDoesNotPromiseAreNotSwappedIn() throws IOException {
        Path manifest = local(".manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"plain\",\"rows\":1000", "\"plain\",\"rows\":1001"));

        Script.Ended ended = restore("newest", "--from", "local", "--yes");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .endsWith(
                        "ERROR: the restored database is not what was backed up: public.plain has 1000 rows, expected 1001 "
                                + "HINT: The live database is as it was. Try the next older backup.\n");
        assertUntouched();
    }

    @Test
    void nothingIsDoneWithoutAYes() {
        assertThat(restore("newest", "--unverified").errors())
                .endsWith("ERROR: this needs a yes, and there is no terminal to ask at. HINT: Give --yes.\n");
        assertUntouched();
    }

    private void assertUntouched() {
        assertThat(query(database, "SELECT count(*) FROM plain")).isEqualTo("1000");
        assertThat(query("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'lifeboat_restore_%'"))
                .isEqualTo("0");
    }

    private Script.Ended restore(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "restore";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return script("scripts/aws/restore-postgres.sh").run(all);
    }

    private Script script(String path) {
        try {
            Path backups = Files.createDirectories(directory.resolve("backups"));
            return Script.of(path, directory, postgres, database, s3).with("BACKUP_DIR", backups.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String query(String in, String sql) {
        return postgres.run("psql", "-XqAt", "--dbname=" + in, "--command=" + sql)
                .orFail()
                .output()
                .strip();
    }

    private Path local(String suffix) throws IOException {
        try (var files = Files.list(directory.resolve("backups/daily"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private java.util.List<Path> workLeft() throws IOException {
        try (var files = Files.list(directory.resolve("backups"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
