package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/aws/backup-postgres.sh} when all goes well. */
@ExtendWith({RealPostgresExtension.class, LocalS3.Extension.class})
class BackupScriptTest {
    private final RealPostgres postgres;
    private final LocalS3 s3;

    @TempDir
    Path directory;

    BackupScriptTest(RealPostgres postgres, LocalS3 s3) {
        this.postgres = postgres;
        this.s3 = s3;
    }

    @BeforeEach
    void startEmpty() {
        s3.useNewBucket();
    }

    @Test
    void theManifestSaysWhatWasUploaded() throws Exception {
        String database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 1000);");

        Script.Ended ended = backup(database).run().orFail();

        BackupManifest manifest = onlyManifest();
        String base = "dumps/" + manifest.backupId();
        assertThat(s3.keys()).containsExactlyInAnyOrder(base + ".dump", base + ".globals.sql", base + ".manifest.json");
        assertThat(manifest.kind()).isEqualTo(BackupKind.RECENT);
        assertThat(manifest.backupId()).matches("recent/backup_[0-9]{8}_[0-9]{6}");
        assertThat(manifest.database()).isEqualTo(database);
        assertThat(manifest.serverVersion()).matches("[0-9]+\\.[0-9]+");
        assertThat(manifest.pgDumpVersion()).isEqualTo(manifest.serverVersion());
        assertThat(manifest.snapshotLsn()).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(manifest.config()).isNull();
        assertThat(manifest.tables()).containsExactly(new TableCount("public", "t", 1000));
        assertThat(List.of(manifest.startedAt(), manifest.snapshotAt(), manifest.finishedAt()))
                .isSorted();
        assertThat(manifest.finishedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(2)), Instant.now());
        assertMeasured(manifest.dump());
        assertMeasured(manifest.globals());
        assertThat(new String(s3.read(manifest.globals().key()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("CREATE ROLE postgres;");
        assertThat(ended.output())
                .startsWith("backup " + manifest.backupId() + " of database '" + database + "': 1 tables, 1000 rows, ")
                .hasLineCount(1);
        assertThat(ended.errors()).isEmpty();
    }

    private void assertMeasured(BackupObject object) throws Exception {
        byte[] content = s3.read(object.key());
        assertThat(object.size()).isEqualTo(content.length);
        assertThat(object.sha256()).isEqualTo(sha256(content));
        assertThat(object.partSize()).isEqualTo(BackupObject.PART_SIZE);
        assertThat(object.parts()).containsExactly(sha256(content));
        var head = s3.client().headObject(request -> request.bucket(s3.bucket()).key(object.key()));
        assertThat(object.versionId()).isEqualTo(head.versionId()).isNotBlank();
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("AES256");
    }

    @Test
    void partsOfSixtyFourMebibytesHaveChecksumsOfTheirOwn() throws Exception {
        String database = postgres.createDatabase();
        // 70 MB that do not compress.
        postgres.psql(database, """
                CREATE TABLE big (content bytea);
                ALTER TABLE big ALTER content SET STORAGE EXTERNAL;
                INSERT INTO big SELECT (SELECT string_agg(sha512((n || '/' || i)::bytea), '') FROM generate_series(1, 1600) i)
                FROM generate_series(1, 700) n;
                """);

        backup(database).run().orFail();

        BackupObject dump = onlyManifest().dump();
        byte[] content = s3.read(dump.key());
        int part = (int) BackupObject.PART_SIZE;
        assertThat(content.length).isBetween(part + 1, 2 * part);
        assertThat(dump.size()).isEqualTo(content.length);
        assertThat(dump.sha256()).isEqualTo(sha256(content));
        assertThat(dump.parts())
                .containsExactly(
                        sha256(Arrays.copyOf(content, part)),
                        sha256(Arrays.copyOfRange(content, part, content.length)));
    }

    /** The restored rows are compared as text: it must not depend on who made the dump. */
    @Test
    void settingsOfTheSuperuserChangeNothing() throws Exception {
        String database = postgres.createDatabase();
        postgres.psql(database, """
                CREATE TABLE t AS SELECT timestamptz '2026-01-02 03:04:05+00' AS at, '\\x00ff'::bytea AS bytes, 'é' AS text;
                CREATE ROLE nobody_special;
                """);
        String role = "ALTER ROLE " + postgres.superuser();
        try {
            postgres.psql(
                    "postgres",
                    role + " SET timezone = 'Asia/Kathmandu'; " + role + " SET bytea_output = escape; "
                            + role + " SET client_encoding = LATIN1; " + role
                            + " SET standard_conforming_strings = off; "
                            + role + " SET role = nobody_special");

            backup(database).run().orFail();
        } finally {
            postgres.run("psql", "-d", "postgres", "-c", "SET ROLE NONE", "-c", role + " RESET ALL")
                    .orFail();
        }

        Path dump = Files.write(
                directory.resolve("copy"), s3.read(onlyManifest().dump().key()));
        assertThat(postgres.run("pg_restore", "--file=-", dump.toString())
                        .orFail()
                        .output())
                .contains("SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;")
                .contains("2026-01-02 03:04:05+00\t\\\\x00ff\té\n");
    }

    @Test
    void countsAreOfExactlyTheTablesThatTheArchiveHolds() throws Exception {
        String database = postgres.createDatabase();
        postgres.psql(database, AwkwardTables.SQL + AwkwardTables.OF_AN_EXTENSION);

        backup(database).run().orFail();

        BackupManifest manifest = onlyManifest();
        assertThat(manifest.tables()).containsExactlyInAnyOrderElementsOf(AwkwardTables.ROWS);
        assertThat(manifest.tables().stream()
                        .map(table -> oneLine(table.schema() + " " + table.name()))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(tableData(manifest));
    }

    /** "schema name" of every TABLE DATA entry, by pg_restore, which turns a line's end in a name into a space. */
    private List<String> tableData(BackupManifest manifest) {
        String file = directory.resolve("backups") + "/" + manifest.backupId() + ".dump";
        return postgres.run("pg_restore", "--list", file)
                .orFail()
                .output()
                .lines()
                .filter(line -> line.contains(" TABLE DATA "))
                .map(line -> line.replaceFirst(".* TABLE DATA ", "").replaceFirst(" postgres$", ""))
                .toList();
    }

    private static String oneLine(String name) {
        return name.replace('\n', ' ');
    }

    @Test
    void theSnapshotIsOneForDumpAndCounts() throws Exception {
        String database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2);");
        Script script = backup(database)
                .replacing(
                        "pg_dump",
                        "[ \"$1\" = --version ] || \"$REAL/psql\" -qc 'INSERT INTO t VALUES (3)' && exec \"$REAL/pg_dump\" \"$@\"");

        script.run().orFail();

        BackupManifest manifest = onlyManifest();
        assertThat(manifest.tables()).containsExactly(new TableCount("public", "t", 2));
        String restored = postgres.run(
                        "pg_restore",
                        "--data-only",
                        "--file=-",
                        directory.resolve("backups") + "/" + manifest.backupId() + ".dump")
                .orFail()
                .output();
        assertThat(restored).contains("\n1\n2\n\\.\n");
    }

    @Test
    void theVolumeKeepsTheNewestAndLosesWhatAKilledRunLeft() throws Exception {
        String database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE t (a int); INSERT INTO t VALUES (1);");
        Path daily = keepCopies(database, 4, 12);
        Files.writeString(daily.resolve("backup_20260105_020000.dump"), "without a manifest");
        Files.createDirectories(daily.resolve(".partial_20260106_020000"));
        Files.writeString(daily.resolve("of somebody else"), "kept");

        backup(database).run().orFail();

        String name = onlyManifest().backupId().replace("recent/", "");
        assertThat(files("recent"))
                .containsExactlyInAnyOrder(name + ".dump", name + ".globals.sql", name + ".manifest.json");
        assertThat(files("daily"))
                .containsExactlyInAnyOrder(
                        "backup_20260103_020000.dump",
                        "backup_20260103_020000.globals.sql",
                        "backup_20260103_020000.manifest.json",
                        "backup_20260104_020000.dump",
                        "backup_20260104_020000.globals.sql",
                        "backup_20260104_020000.manifest.json",
                        "of somebody else");
        assertThat(Files.readAllBytes(directory.resolve("backups/recent").resolve(name + ".manifest.json")))
                .isEqualTo(s3.read("dumps/recent/" + name + ".manifest.json"));
    }

    @Test
    void aBackupWithoutRowsPushesNoCopyWithRowsOut() throws Exception {
        String database = postgres.createDatabase();
        keepCopies(database, 3, 12);
        postgres.psql(database, "CREATE TABLE t (a int);");

        backup(database).run().orFail();
        backup(database).run().orFail();

        assertThat(files("daily")).hasSize(9);
        assertThat(files("recent")).as("the newer of the two").hasSize(3);
    }

    /** As the migrations of an application leave a database that was made anew. */
    @Test
    void aBackupOfFarFewerRowsPushesNoCopyOutAndSaysSo() throws Exception {
        String database = postgres.createDatabase();
        keepCopies(database, 3, 5000);
        postgres.psql(
                database,
                "CREATE TABLE users (a int); CREATE TABLE schema_migrations AS SELECT generate_series(1, 12) AS a;");

        backup(database).run().orFail();
        String first = files("recent").get(0).substring(0, 22);
        Script.Ended ended = backup(database).run().orFail();

        assertThat(files("daily")).hasSize(9);
        assertThat(files("recent")).as("the newer of the two").hasSize(3).noneMatch(name -> name.startsWith(first));
        assertThat(ended.errors())
                .matches("WARNING: backup recent/backup_[0-9_]{15} of database '" + database
                        + "' has 12 rows and [0-9]+ bytes, and the one before it on the volume, '.*/daily/backup_20260103_020000.manifest.json', "
                        + "5000 and 1: it pushes no older copy out. HINT: Is this the right database, and whole\\? "
                        + "If so, remove the copies before it \\(docs/runbooks/backup-failed.md\\).\n");
    }

    @Test
    void aBackupOfFarFewerBytesPushesNoCopyOut() throws Exception {
        String database = postgres.createDatabase();
        keepCopies(database, 3, 100, 1 << 20);
        postgres.psql(database, "CREATE TABLE t AS SELECT generate_series(1, 100) AS a;");

        assertThat(backup(database).run().orFail().errors()).contains(" 100 and 1048576: it pushes no older copy out.");

        assertThat(files("daily")).hasSize(9);
    }

    @Test
    void halfOfTheRowsIsEnoughToCount() throws Exception {
        String database = postgres.createDatabase();
        keepCopies(database, 3, 200);
        postgres.psql(database, "CREATE TABLE t AS SELECT generate_series(1, 100) AS a;");

        assertThat(backup(database).run().orFail().errors()).isEmpty();

        assertThat(files("daily")).as("the oldest is gone").hasSize(6);
    }

    @Test
    void copiesOfAnotherDatabaseOnTheSameVolumeStay() throws Exception {
        String database = postgres.createDatabase();
        keepCopies("another", 4, 5000);
        postgres.psql(database, "CREATE TABLE t AS SELECT generate_series(1, 100) AS a;");

        assertThat(backup(database).run().orFail().errors()).isEmpty();

        assertThat(files("daily")).hasSize(12);
    }

    @Test
    void aBackupOfAnotherDatabaseOnTheSameVolumeIsNotTakenForALeftOver() throws Exception {
        String slow = postgres.createDatabase();
        String quick = postgres.createDatabase();
        Path go = directory.resolve("go");
        Path waits = directory.resolve("waits");
        Process process = backup(slow)
                .replacing(
                        "pg_dump",
                        "[ \"$1\" = --version ] || { touch %s; until [ -e %s ]; do sleep 0.05; done; }; exec \"$REAL/pg_dump\" \"$@\""
                                .formatted(waits, go))
                .start();
        while (!Files.exists(waits)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }

        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Script.of("scripts/aws/backup-postgres.sh", elsewhere, postgres, quick, s3)
                .with(settings())
                .run()
                .orFail();
        Files.createFile(go);

        backup(slow).await(process).orFail();
        assertThat(s3.keys()).filteredOn(key -> key.endsWith(".manifest.json")).hasSize(2);
    }

    private Path keepCopies(String of, int days, int rows) throws IOException {
        return keepCopies(of, days, rows, 1);
    }

    /** Copies of 1 January 2026 and the days after it. */
    private Path keepCopies(String of, int days, int rows, int bytes) throws IOException {
        Path daily = Files.createDirectories(directory.resolve("backups/daily"));
        for (int day = 1; day <= days; day++) {
            String base = "backup_2026010" + day + "_020000";
            Files.writeString(daily.resolve(base + ".dump"), "old");
            Files.writeString(daily.resolve(base + ".globals.sql"), "old");
            Files.writeString(daily.resolve(base + ".manifest.json"), """
                    "database":"%s",
                    "dump":{"key":"dumps/daily/%s.dump","versionId":null,"size":%d,"sha256":"0"},
                    "globals":{"key":"dumps/daily/%s.globals.sql","versionId":null,"size":999999999,"sha256":"0"},
                    "config":null,
                    "tables":[
                    {"schema":"public","name":"u","rows":0},
                    {"schema":"public","name":"t","rows":%d}]}
                    """.formatted(of, base, bytes, base, rows));
        }
        return daily;
    }

    @Test
    void whatHasNoKeyOfItsOwnGetsTheBucketsEncryption() throws Exception {
        String database = postgres.createDatabase();
        Path calls = directory.resolve("calls");
        Script script = backup(database)
                .with("BACKUP_SSE", "aws:kms")
                .with("GLOBALS_KMS_KEY_ID", "the-roles-key")
                .replacing("aws", """
                        echo "$*" >>%s
                        options=() skip=0
                        for option in "$@"; do
                          if [ $skip = 1 ]; then skip=0; continue; fi
                          case $option in --sse* | --server-side-encryption | --ssekms-key-id) skip=1 ;; *) options+=("$option") ;; esac
                        done
                        exec "$(type -aP aws | tail -n 1)" "${options[@]}"
                        """.formatted(calls));

        script.run().orFail();

        assertThat(Files.readAllLines(calls))
                .filteredOn(call -> call.contains("aws:kms"))
                .singleElement()
                .asString()
                .contains(
                        "put-object", ".globals.sql", "--server-side-encryption aws:kms --ssekms-key-id the-roles-key");
    }

    @Test
    void everyProblemOfTheSettingsIsToldAtOnce() {
        Script.Ended ended = backup("shop")
                .without("PGUSER", "BACKUP_BUCKET")
                .with("BACKUP_KIND", "hourly")
                .with("BACKUP_SSE", "none")
                .with("BACKUP_KEEP", "0")
                .with("BACKUP_KNID", "daily")
                .with("BACKUP_DIR", "/nowhere")
                .run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors().replaceAll("user [a-z0-9_-]+ can", "user X can"))
                .isEqualTo(
                        "ERROR: backup (not begun) of database 'shop' failed: PGUSER is missing; BACKUP_BUCKET is missing; "
                                + "BACKUP_KNID is not a setting; BACKUP_KIND is 'hourly', expected daily or recent; "
                                + "BACKUP_SSE is 'none', expected aws:kms or AES256; BACKUP_KEEP is '0', expected a number from 1; "
                                + "BACKUP_DIR '/nowhere' is not a directory that user X can write to. "
                                + "HINT: Correct the environment; see backup-postgres.sh --help and k8s/postgres-backup-cronjob.yaml.\n");
    }

    private Script backup(String database) {
        try {
            Files.createDirectories(directory.resolve("backups"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Script.of("scripts/aws/backup-postgres.sh", directory, postgres, database, s3)
                .with(settings());
    }

    private Map<String, String> settings() {
        return Map.of(
                "BACKUP_DIR", directory.resolve("backups").toString(), "BACKUP_KIND", "recent", "BACKUP_SSE", "AES256");
    }

    private BackupManifest onlyManifest() {
        List<String> keys =
                s3.keys().stream().filter(key -> key.endsWith(".manifest.json")).toList();
        assertThat(keys).hasSize(1);
        return Json.read("the manifest", s3.read(keys.get(0)), BackupManifest.class);
    }

    private List<String> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("backups").resolve(kind))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
