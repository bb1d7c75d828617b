package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.testsupport.FaultyProxy;
import dev.lifeboat.testsupport.FaultyProxy.Fault;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3MockExtension.class)
final class S3ByteSourceTest {
    private static final String KEY = "dumps/daily/backup_20261123_020000.dump";
    private static final int SIZE = 300_000;

    private final byte[] content = new byte[SIZE];
    private TestBucket bucket;
    private FaultyProxy wire;

    @BeforeEach
    void fill(S3MockServer server) {
        new Random(1).nextBytes(content);
        bucket = TestBucket.versioned(server.endpoint());
        wire = FaultyProxy.before(server.endpoint());
    }

    @AfterEach
    void closeWire() throws IOException {
        wire.close();
    }

    @Test
    void streamsExactlyTheRangeThatWasAskedFor() throws IOException {
        bucket.put(KEY, content);
        S3ByteSource source = source(null);

        assertThat(source.length()).isEqualTo(SIZE);
        assertThat(read(source, 0, SIZE)).isEqualTo(content);
        assertThat(read(source, 12_345, 1)).containsExactly(content[12_345]);
        assertThat(read(source, SIZE - 7, 7)).isEqualTo(Arrays.copyOfRange(content, SIZE - 7, SIZE));
        assertThat(read(source, SIZE, 0)).isEmpty();
    }

    @Test
    void refusesARangeOutsideTheObject() {
        String version = bucket.put(KEY, content);

        assertThatThrownBy(() -> source(version).open(SIZE - 1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Range of 2 bytes at 299999 lies outside " + name(version) + ", which has 300000 bytes");
    }

    @Test
    void resumesABodyThatIsCutWhereItStopped() throws IOException {
        bucket.put(KEY, content);
        wire.script(Fault.cutAfter(1_000), Fault.cutAfter(0), Fault.resetAfter(50_000), null);

        byte[] got = read(source(null), 100, 200_000);

        assertThat(got).isEqualTo(Arrays.copyOfRange(content, 100, 200_100));
        assertThat(wire.ranges().subList(0, 3))
                .containsExactly("bytes=100-200099", "bytes=1100-200099", "bytes=1100-200099");
        // After a reset, what the kernel had not handed over yet is lost and asked for again.
        assertThat(wire.ranges()).hasSize(4);
    }

    @Test
    void resumesAfterAStall() throws IOException {
        bucket.put(KEY, content);
        wire.script(Fault.stallAfter(70_000));

        assertThat(read(source(null), 0, SIZE)).isEqualTo(content);
        assertThat(wire.ranges()).containsExactly("bytes=0-299999", "bytes=70000-299999");
    }

    @Test
    void waitsAndGoesOnWhenS3AsksToSlowDown() throws IOException {
        bucket.put(KEY, content);
        wire.script(Fault.cutAfter(9), Fault.s3Error("503 Slow Down", "SlowDown"));

        assertThat(read(source(null), 0, SIZE)).isEqualTo(content);
        assertThat(wire.ranges()).containsExactly("bytes=0-299999", "bytes=9-299999", "bytes=9-299999");
    }

    @Test
    void givesUpAfterABoundedNumberOfResumptionsAndSaysWhere() {
        String version = bucket.put(KEY, content);
        Fault[] always = Collections.nCopies(20, Fault.cutAfter(10)).toArray(Fault[]::new);
        wire.script(always);

        assertThatThrownBy(() -> read(source(version), 0, SIZE))
                .isInstanceOf(StorageUnavailableException.class)
                // From some version on the JDK's client says so itself, in its own words.
                .hasMessageMatching("\\QCannot read " + name(version)
                        + " beyond byte 90 of 300000: gave up after 8 resumptions, the last because: \\E"
                        + "(the connection ended early|Premature EOF)\\Q. HINT: It is tried again from the beginning;"
                        + " if that goes on, look at the AWS Health Dashboard.\\E");
        assertThat(wire.ranges()).hasSize(9);
    }

    @Test
    void givesUpWhenS3GoesOnAskingToSlowDownAndSaysSo() {
        String version = bucket.put(KEY, content);
        S3ByteSource source = source(version);
        assertThat(source.length()).isEqualTo(SIZE);
        wire.always(Fault.s3Error("503 Slow Down", "SlowDown"));

        assertThatThrownBy(() -> read(source, 7, 100))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage(
                        "Cannot read " + name(version) + " beyond byte 7 of 300000: gave up after 8 resumptions, the"
                                + " last because: S3 answered 503 SlowDown. HINT: It is tried again from the beginning; if that"
                                + " goes on, look at the AWS Health Dashboard.");
    }

    @Test
    void neverMixesTwoVersionsOfAnObject() throws IOException {
        String first = bucket.put(KEY, content);
        S3ByteSource source = source(null);
        assertThat(source.versionId()).isEqualTo(first);

        bucket.put(KEY, new byte[SIZE]);

        assertThat(read(source, 0, SIZE)).isEqualTo(content);
    }

    @Test
    void anObjectThatIsReplacedInABucketWithoutVersionsIsAnError(S3MockServer server) {
        TestBucket plain = TestBucket.plain(server.endpoint());
        plain.put(KEY, content);
        S3ByteSource source = new S3ByteSource(plain.s3, plain.name, KEY, null, Duration.ofMillis(1));
        assertThat(source.length()).isEqualTo(SIZE);

        plain.put(KEY, new byte[SIZE]);

        assertThatThrownBy(() -> read(source, 0, SIZE))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessage(
                        "Cannot read s3://" + plain.name + "/" + KEY + " at byte 0: S3 answered 412 PreconditionFailed."
                                + " HINT: The object was replaced after it was looked at: verify the backup again.");
    }

    @Test
    void aMissingObjectIsAnUnusableBackupButAMissingBucketIsAMisconfiguration() {
        assertThatThrownBy(() -> source(null).length())
                .isInstanceOf(BackupUnusableException.class)
                .hasMessage("Cannot read s3://" + bucket.name + "/" + KEY + ": S3 answered 404 NoSuchKey."
                        + " HINT: The object or that version of it is gone: use another backup, and find out who"
                        + " deleted it.");
        wire.script(Fault.s3Error("404 Not Found", "NoSuchBucket"));
        bucket.put(KEY, content);
        assertThatThrownBy(() -> read(source(null), 0, 5)).isInstanceOf(MisconfiguredException.class);
    }

    @Test
    void s3ThatIsDownIsRetryable() throws IOException {
        S3ByteSource source = source(null);
        wire.close();

        assertThatThrownBy(source::length)
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("Cannot read s3://" + bucket.name + "/" + KEY + ": S3 did not answer: Connection refused."
                        + " HINT: It is tried again; if that goes on, look at the AWS Health Dashboard and the VPC's S3"
                        + " endpoint.");
    }

    @Test
    void aStreamThatIsClosedEarlyCanNotBeReadOn() throws IOException {
        bucket.put(KEY, content);
        InputStream stream = source(null).open(0, SIZE);
        assertThat(stream.read()).isEqualTo(content[0] & 0xff);
        stream.close();

        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageEndingWith("is closed");
    }

    private S3ByteSource source(String version) {
        return new S3ByteSource(TestBucket.client(wire.endpoint()), bucket.name, KEY, version, Duration.ofMillis(1));
    }

    private String name(String version) {
        return "s3://" + bucket.name + "/" + KEY + " (version " + version + ")";
    }

    private static byte[] read(S3ByteSource source, long offset, long length) throws IOException {
        try (InputStream stream = source.open(offset, length)) {
            return stream.readAllBytes();
        }
    }
}
