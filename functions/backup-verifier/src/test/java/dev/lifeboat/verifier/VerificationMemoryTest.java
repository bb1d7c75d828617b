package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The heap that a verification needs does not grow with the dump: a JVM with 96 MiB verifies one that is several times larger.
 * {@code -Dlifeboat.test.dumpMegabytes=1024} makes it a GiB.
 */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class VerificationMemoryTest {
    private static final String BACKUP = "daily/backup_20261123_020000";
    private static final int MEGABYTES = Integer.getInteger("lifeboat.test.dumpMegabytes", 300);

    @Test
    void aDumpThatIsLargerThanTheHeapIsVerified(RealPostgres postgres, S3MockServer server, @TempDir Path directory)
            throws IOException, InterruptedException {
        int rows = MEGABYTES * 256;
        postgres.psql("postgres", "CREATE DATABASE app");
        postgres.psql(
                "app",
                "CREATE UNLOGGED TABLE blobs (id int, body text); ALTER TABLE blobs ALTER body SET STORAGE EXTERNAL;"
                        + " INSERT INTO blobs SELECT i, repeat(md5(i::text), 128) FROM generate_series(1, " + rows
                        + ") i");
        Path dump = directory.resolve("app.dump");
        // Not compressed: as large as its rows.
        postgres.run("pg_dump", "--format=custom", "--compress=0", "--file=" + dump, "app")
                .orFail();
        assertThat(Files.size(dump)).isGreaterThan((long) MEGABYTES << 20);

        try (TestingBackups backups = new TestingBackups(server.endpoint())) {
            backups.putManifest(put(backups, dump, rows));

            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            VerificationMemoryTest.class.getName(),
                            server.endpoint().toString(),
                            backups.bucket)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(child.waitFor()).as(output).isZero();
            assertThat(output).contains(VerdictStatus.VERIFIED.name());
        }
    }

    /** The child: verifies the backup of that bucket and prints the status. */
    public static void main(String[] arguments) {
        try (TestingBackups backups = TestingBackups.existing(URI.create(arguments[0]), arguments[1])) {
            System.out.println(backups.verify(BACKUP).verdicts().get(0));
        }
    }

    private static BackupManifest put(TestingBackups backups, Path dump, int rows) throws IOException {
        String key = "dumps/" + BACKUP + ".dump";
        String version = backups.s3
                .putObject(r -> r.bucket(backups.bucket).key(key), RequestBody.fromFile(dump))
                .versionId();
        BackupObject object;
        try (InputStream file = Files.newInputStream(dump);
                ChecksummedInputStream bytes = new ChecksummedInputStream(file, BackupObject.PART_SIZE)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            object = new BackupObject(
                    key, version, bytes.count(), bytes.sha256(), BackupObject.PART_SIZE, bytes.partSha256());
        }
        return TestingBackups.manifest(
                BACKUP,
                object,
                backups.putObject("dumps/" + BACKUP + ".globals.sql", TestingBackups.GLOBALS),
                List.of(new TableCount("public", "blobs", rows)));
    }
}
