package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails leaves no manifest anywhere, nothing half-written, and one line that says what to do. */
@ExtendWith({RealPostgresExtension.class, LocalS3.Extension.class})
class BackupScriptFailureTest {
    private static final String PASS_ON = "[ \"$1\" = --version ] && exec \"$REAL/pg_dump\" \"$@\"\n";
    private static final String SESSION_OF_THE_SNAPSHOT =
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'lifeboat-backup' AND pid <> pg_backend_pid()";

    private final RealPostgres postgres;
    private final LocalS3 s3;
    private String database;

    @TempDir
    Path directory;

    BackupScriptFailureTest(RealPostgres postgres, LocalS3 s3) {
        this.postgres = postgres;
        this.s3 = s3;
    }

    @BeforeEach
    void makeDatabase() {
        s3.useNewBucket();
        database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE t AS SELECT n, sha512(n::text::bytea) FROM generate_series(1, 5000) n;");
    }

    @Test
    void pgDumpIsKilled() throws Exception {
        assertFailure(backup().replacing("pg_dump", PASS_ON + "kill -9 $$").run(), "pg_dump ended with 137: ");
    }

    @Test
    void pgDumpFailsHalfWay() throws Exception {
        assertFailure(
                backup().replacing(
                                "pg_dump",
                                PASS_ON + "\"$REAL/pg_dump\" \"$@\"; echo 'pg_dump: error: gone' >&2; exit 1")
                        .run(),
                "pg_dump ended with 1: pg_dump: error: gone");
    }

    @Test
    void pgDumpSucceedsWithNothing() throws Exception {
        assertFailure(
                backup().replacing(
                                "pg_dump",
                                PASS_ON + "for a in \"$@\"; do [[ $a == --file=* ]] && : >\"${a#--file=}\"; done")
                        .run(),
                "pg_dump ended with 0, but its file does not begin with PGDMP.");
    }

    @Test
    void theRolesAreCutShort() throws Exception {
        assertFailure(
                backup().replacing(
                                "pg_dumpall",
                                "for a in \"$@\"; do [[ $a == --file=* ]] && \"$REAL/pg_dumpall\" -g | head -n 5 >\"${a#--file=}\"; done")
                        .run(),
                "pg_dumpall ended with 0, but its file has no end.");
    }

    @Test
    void theVolumeIsFull() throws Exception {
        assertFailure(backup().runWithFilesUpTo(64), "pg_dump ended with 153: ");
    }

    @Test
    void theBucketDoesNotExist() throws Exception {
        assertFailure(
                backup().with("BACKUP_BUCKET", "another-bucket").run(),
                "uploading s3://another-bucket/dumps/recent/backup_");
    }

    @Test
    void storageRefusesTheManifestAlone() throws Exception {
        Script script = backup();
        script.replacing(
                "aws",
                "[[ \" $* \" == *\" put-object \"*manifest.json* ]] && { echo 'An error occurred (SlowDown)' >&2; exit 254; }\n"
                        + "PATH=${PATH#*:}; exec \"" + aws() + "\" \"$@\"");
        Script.Ended ended = script.run();

        assertThat(ended.errors()).contains("manifest.json ended with 254: An error occurred (SlowDown)");
        assertFailure(ended, "uploading s3://" + s3.bucket() + "/dumps/recent/backup_");
    }

    @Test
    void anotherManifestOfThatNameIsNeverOverwritten() throws Exception {
        Script script = backup();
        // Somebody else's appears while this one uploads its roles.
        script.replacing(
                "aws",
                "[[ \" $* \" == *\" put-object \"*globals.sql* ]] && for a in \"$@\"; do [[ $a == dumps/*.globals.sql ]] && echo other |"
                        + " \"" + aws()
                        + "\" --endpoint-url \"$AWS_ENDPOINT_URL\" s3 cp --only-show-errors - \"s3://$BACKUP_BUCKET/${a%.globals.sql}.manifest.json\"; done\n"
                        + "exec \"" + aws() + "\" \"$@\"");
        Script.Ended ended = script.run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .endsWith(".manifest.json exists already. HINT: Another backup has this name; run it again.\n");
        String manifest = s3.keys().stream()
                .filter(key -> key.endsWith(".manifest.json"))
                .findFirst()
                .orElseThrow();
        assertThat(s3.read(manifest)).asString().isEqualTo("other\n");
        assertThat(leftOnTheVolume()).isEmpty();
    }

    @Test
    void theSessionOfTheSnapshotIsLost() throws Exception {
        assertFailure(
                backup().replacing(
                                "pg_dump",
                                PASS_ON + "\"$REAL/psql\" -qAtc \"" + SESSION_OF_THE_SNAPSHOT
                                        + "\" >/dev/null; exec \"$REAL/pg_dump\" \"$@\"")
                        .run(),
                "");
    }

    @Test
    void theServerIsGone() throws Exception {
        Script.Ended ended = backup().with("PGPORT", "1").run();

        assertThat(ended.errors()).contains("Connection refused");
        assertFailure(ended, "the session that holds the snapshot ended: psql: error: connection to server at");
    }

    @Test
    void aTruncateBetweenTheCountsAndTheDumpHasToWait() throws Exception {
        assertFailure(
                backup().replacing(
                                "pg_dump",
                                PASS_ON
                                        + "exec \"$REAL/psql\" -qc \"SET lock_timeout = '200ms'\" -c 'TRUNCATE t' -v ON_ERROR_STOP=1")
                        .run(),
                "pg_dump ended with 1: ERROR: canceling statement due to lock timeout");
    }

    @Test
    void itIsToldToStopWhileItWaitsForALock() throws Exception {
        try (var holder = postgres.connect(database);
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            Script script = backup();
            Process process = script.start();
            awaitWaiting();
            process.destroy();
            Script.Ended ended = script.await(process);

            assertThat(ended.code()).isEqualTo(143);
            assertThat(ended.errors())
                    .matches(
                            "ERROR: backup recent/backup_[0-9_]{15} of database '" + database
                                    + "' was stopped by SIGTERM\\. HINT: it has no manifest and does not count; run it again\\.\n");
            assertThat(s3.keys()).isEmpty();
            assertThat(leftOnTheVolume()).isEmpty();
        }
    }

    @Test
    void itIsToldToStopInTheMiddleOfTheUpload() throws Exception {
        Script.Ended ended = stopWhen(" s3 cp ");

        assertThat(ended.errors())
                .endsWith("was stopped by SIGTERM. HINT: it has no manifest and does not count; run it again.\n");
        assertThat(s3.keys()).isEmpty();
    }

    @Test
    void itIsToldToStopWhileItUploadsTheManifest() throws Exception {
        Script.Ended ended = stopWhen(".manifest.json --body");

        assertThat(ended.errors())
                .matches("ERROR: backup (recent/backup_[0-9_]{15}) of database '" + database
                        + "' was stopped by SIGTERM\\. HINT: its manifest was being uploaded: it counts if s3://"
                        + s3.bucket()
                        + "/dumps/\\1\\.manifest\\.json is there; run it again\\.\n");
    }

    @Test
    void itIsToldToStopAfterTheManifestIsUploaded() throws Exception {
        Script script = backup();
        Path moving = directory.resolve("moving");
        script.replacing("mv", hang(moving, "[[ \"$*\" == *manifest.json* ]]", "mv"));

        Script.Ended ended = stop(script, moving);

        assertThat(ended.errors())
                .matches("ERROR: backup (recent/backup_[0-9_]{15}) of database '" + database
                        + "' was stopped by SIGTERM\\. HINT: it is whole in s3://" + s3.bucket()
                        + "/dumps/\\1\\.\\* and counts; the local volume may lack its copy\\.\n");
        assertThat(s3.keys()).hasSize(3);
    }

    @Test
    void theLocalManifestCannotBeMoved() throws Exception {
        Script.Ended ended = backup().replacing(
                        "mv",
                        "[[ \"$*\" == *manifest.json* ]] && { echo 'mv: no space' >&2; exit 1; }; PATH=${PATH#*:} exec mv \"$@\"")
                .run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors())
                .matches("ERROR: backup (recent/backup_[0-9_]{15}) of database '" + database
                        + "' failed: its manifest cannot be moved to '.*/\\1\\.manifest\\.json': mv: no space\\. HINT: It is whole in s3://"
                        + s3.bucket() + "/dumps/\\1\\.\\* and counts, but has no local copy; look at the volume .*\n");
        assertThat(s3.keys()).hasSize(3);
        assertThat(leftOnTheVolume()).isEmpty();
    }

    /** Sends SIGTERM while a command of the AWS client that has this in it runs. */
    private Script.Ended stopWhen(String command) throws Exception {
        Path uploading = directory.resolve("uploading");
        Script script = backup().replacing("aws", hang(uploading, "[[ \" $* \" == *\"" + command + "\"* ]]", "aws"));
        return stop(script, uploading);
    }

    private static String hang(Path mark, String when, String program) {
        return when + " && { echo $$ >" + mark + ".new; command -p mv " + mark + ".new " + mark
                + "; exec sleep 100; }\nexec \"$(type -aP " + program + " | tail -n 1)\" \"$@\"";
    }

    private Script.Ended stop(Script script, Path mark) throws Exception {
        Process process = script.start();
        while (!Files.exists(mark)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }
        long program = Long.parseLong(Files.readString(mark).strip());
        process.destroy();
        Script.Ended ended = script.await(process);

        assertThat(ended.code()).isEqualTo(143);
        assertThat(ProcessHandle.of(program)).as("what it waited for").isEmpty();
        assertThat(leftOnTheVolume()).isEmpty();
        return ended;
    }

    private void awaitWaiting() throws Exception {
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement()) {
            for (int i = 0; i < 300; i++) {
                try (var result = statement.executeQuery(
                        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'lifeboat-backup' AND wait_event_type = 'Lock'")) {
                    if (result.next()) {
                        return;
                    }
                }
                Thread.sleep(100);
            }
        }
        throw new AssertionError("The backup never waited for the lock");
    }

    private void assertFailure(Script.Ended ended, String reason) throws IOException {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        List<String> errors = ended.errors()
                .lines()
                .filter(line -> line.startsWith("ERROR: "))
                .toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0))
                .matches("(?s)ERROR: backup (\\(not begun\\)|recent/backup_[0-9_]{15}) of database '" + database
                        + "' failed: .*")
                .contains("' failed: " + reason)
                .contains(" HINT: ");
        assertThat(s3.keys()).noneMatch(key -> key.endsWith(".manifest.json"));
        assertThat(leftOnTheVolume()).isEmpty();
    }

    private List<String> leftOnTheVolume() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("backups"))) {
            return files.filter(file -> Files.isRegularFile(file)
                            || file.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .toList();
        }
    }

    private Script backup() throws IOException {
        Path backups = Files.createDirectories(directory.resolve("backups"));
        return Script.of("scripts/aws/backup-postgres.sh", directory, postgres, database, s3)
                .with(Map.of("BACKUP_DIR", backups.toString(), "BACKUP_KIND", "recent", "BACKUP_SSE", "AES256"));
    }

    private static String aws() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry, "aws"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
