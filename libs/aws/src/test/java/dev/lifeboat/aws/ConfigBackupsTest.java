package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.backup.ConfigObject;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(S3MockExtension.class)
final class ConfigBackupsTest {
    private static final String KEY = "dumps/daily/backup_20261126_020000.config.json";
    private static final byte[] CONTENT = """
            {"version":1,"namespace":"shop","takenAt":"2026-11-26T02:00:05Z",
             "objects":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"type":"Opaque","data":{"p":"aHVudGVyMg=="}}],
             "workloads":[{"kind":"Deployment","name":"web","replicas":2,"containers":{"web":"web:1"}}]}
            """.getBytes(StandardCharsets.UTF_8);

    private TestBucket bucket;
    private ConfigBackups configs;

    @BeforeEach
    void open(S3MockServer server) {
        bucket = TestBucket.versioned(server.endpoint());
        configs = new ConfigBackups(bucket.s3, bucket.name);
    }

    @Test
    void readsTheVersionThatTheManifestNames() throws Exception {
        String version = bucket.put(KEY, CONTENT);
        bucket.put(KEY, "overwritten".getBytes(StandardCharsets.UTF_8));

        ConfigBackup found = configs.read(object(version, CONTENT));

        assertThat(found.objects()).extracting(ConfigObject::toString).containsExactly("Secret/s");
    }

    @Test
    void whatIsMissingIsUnusable() {
        assertThatThrownBy(() -> configs.read(object(null, CONTENT)))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining("Cannot read s3://" + bucket.name + "/" + KEY);
    }

    @Test
    void otherBytesAreUnusable() throws Exception {
        byte[] other = CONTENT.clone();
        other[other.length - 3] ^= 1;
        String version = bucket.put(KEY, other);

        assertThatThrownBy(() -> configs.read(object(version, CONTENT)))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessage("The configuration s3://%s/%s (version %s) has the SHA-256 %s, expected %s."
                                .formatted(bucket.name, KEY, version, sha256(other), sha256(CONTENT))
                        + " HINT: Use another backup, and find out who changed this one.");
    }

    @Test
    void anotherSizeIsNotEvenRead() throws Exception {
        String version = bucket.put(KEY, new byte[10]);

        assertThatThrownBy(() -> configs.read(object(version, CONTENT)))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining(" has 10 bytes, expected " + CONTENT.length + ".");
    }

    @Test
    void whatIsTooLargeForMemoryIsNotRead() throws Exception {
        byte[] large = new byte[ConfigBackup.MAX_BYTES + 1];
        String version = bucket.put(KEY, large);

        assertThatThrownBy(() -> configs.read(object(version, large)))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining(" has 8388609 bytes, expected at most 8388608.");
    }

    @Test
    void whatCannotBeUnderstoodIsUnusableAndShowsNothing() throws Exception {
        byte[] cut = new String(CONTENT, StandardCharsets.UTF_8)
                .replace("\"Opaque\",", "")
                .getBytes(StandardCharsets.UTF_8);
        String version = bucket.put(KEY, cut);

        assertThatThrownBy(() -> configs.read(object(version, cut)))
                .isInstanceOf(BackupUnusableException.class)
                .hasNoCause()
                .hasMessageStartingWith("Invalid configuration s3://" + bucket.name + "/" + KEY)
                .hasMessageContaining("HINT: Use another backup")
                .message()
                .doesNotContain("aHVudGVyMg");
    }

    private static BackupObject object(String version, byte[] content) throws Exception {
        return new BackupObject(
                KEY, version, content.length, sha256(content), BackupObject.PART_SIZE, List.of(sha256(content)));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
