package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.FileByteDirectory;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.testsupport.FaultyProxy;
import dev.lifeboat.testsupport.FaultyProxy.Fault;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3MockExtension.class)
final class S3ByteDirectoryTest {
    private static final String PREFIX = "dumps/daily/backup_20261123_020000";
    private static final Path DUMP = Path.of(
            System.getProperty("lifeboat.root"),
            "libs/pg-archive/src/test/resources/dev/lifeboat/pgarchive/versions/17-lz4.d");

    private S3MockServer server;
    private TestBucket bucket;

    @BeforeEach
    void upload(S3MockServer started) throws IOException {
        server = started;
        bucket = TestBucket.versioned(server.endpoint());
        try (Stream<Path> files = Files.list(DUMP)) {
            for (Path file : files.toList()) {
                bucket.put(PREFIX + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    @Test
    void listsTheFilesBelowThePrefixAloneAndOnce() throws IOException {
        bucket.put(PREFIX + "/", new byte[0]);
        bucket.put(PREFIX + "/deeper/toc.dat", new byte[3]);
        bucket.put(PREFIX + ".json", new byte[3]);
        List<String> requests = new ArrayList<>();
        S3ByteDirectory directory =
                new S3ByteDirectory(bucket.recording(server.endpoint(), requests), bucket.name, PREFIX);

        assertThat(directory.list())
                .isEqualTo(new FileByteDirectory(DUMP).list())
                .containsEntry("blob_3001.dat.lz4", 0L);
        assertThat(directory.list()).hasSize(9);
        assertThat(requests).containsExactly("ListObjectsV2Request");
        assertThat(directory.name()).isEqualTo("s3://" + bucket.name + "/" + PREFIX);
        assertThatThrownBy(() -> directory.open("deeper/toc.dat")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anArchiveIsVerifiedAsFromDiskWithOneRequestForEachFile() throws IOException {
        List<String> requests = new ArrayList<>();
        S3ByteDirectory directory =
                new S3ByteDirectory(bucket.recording(server.endpoint(), requests), bucket.name, PREFIX + "/");

        ArchiveVerification verification = ArchiveVerifier.verify(directory, ArchiveVerifier.Observer.NONE);

        assertThat(verification)
                .isEqualTo(ArchiveVerifier.verify(new FileByteDirectory(DUMP), ArchiveVerifier.Observer.NONE));
        assertThat(verification.sound()).isTrue();
        // An empty object is read without one.
        assertThat(requests).hasSize(9);
    }

    @Test
    void aBodyThatIsCutIsResumed() throws IOException {
        try (FaultyProxy wire = FaultyProxy.before(server.endpoint())) {
            wire.script(null, null, Fault.cutAfter(10), Fault.cutAfter(5));
            S3ByteDirectory directory = new S3ByteDirectory(TestBucket.client(wire.endpoint()), bucket.name, PREFIX);

            assertThat(ArchiveVerifier.verify(directory, ArchiveVerifier.Observer.NONE)
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void anObjectThatIsReplacedAfterTheListingIsAnErrorAndNoCorruption() throws IOException {
        S3ByteDirectory directory = new S3ByteDirectory(bucket.s3, bucket.name, PREFIX);
        try (PgArchive archive = PgArchive.open(directory)) {
            var table = archive.entries().stream()
                    .filter(entry -> entry.name().equals("measured") && entry.isTableData())
                    .findFirst()
                    .orElseThrow();
            bucket.put(PREFIX + "/" + table.dumpId() + ".dat.lz4", "another".getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> {
                        try (InputStream rows = archive.openData(table)) {
                            rows.readAllBytes();
                        }
                    })
                    .isInstanceOf(BackupUnusableException.class)
                    .hasMessageContaining("412");
        }
    }

    @Test
    void aPrefixWithoutAnArchiveIsNamed() {
        assertThatThrownBy(() -> PgArchive.open(new S3ByteDirectory(bucket.s3, bucket.name, "elsewhere")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("Archive 's3://" + bucket.name
                        + "/elsewhere/toc.dat' is truncated at byte 0 (header): there is no such file. HINT: ");
        assertThatThrownBy(() -> PgArchive.open(new S3ByteDirectory(bucket.s3, "no-such-bucket", "x")))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageStartingWith("Cannot list s3://no-such-bucket/x: S3 answered 404 NoSuchBucket.");
    }
}
