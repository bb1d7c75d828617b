package dev.lifeboat.aws;

import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads the configuration that lies beside a dump, in just the bytes that the backup's manifest names. Thread-safe. */
public final class ConfigBackups {
    private static final String HINT = "Use another backup, and find out who changed this one.";

    private final S3Client s3;
    private final String bucket;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     */
    public ConfigBackups(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * Holds at most {@link ConfigBackup#MAX_BYTES} bytes in memory.
     *
     * @param config what a manifest says of its configuration; not null
     * @throws BackupUnusableException when it is not there, or not what the manifest says, or not to be understood; the message tells no
     *     value of it
     * @throws StorageUnavailableException when S3 does not answer
     */
    public ConfigBackup read(BackupObject config) {
        try (S3ByteSource source = new S3ByteSource(s3, bucket, config.key(), config.versionId())) {
            String what = "configuration " + source.name();
            byte[] content = content(what, config, source);
            String sha256 = sha256(content);
            if (!sha256.equals(config.sha256())) {
                throw new BackupUnusableException(
                        "The " + what + " has the SHA-256 " + sha256 + ", expected " + config.sha256() + ".", HINT);
            }
            return parse(what, content);
        }
    }

    private static byte[] content(String what, BackupObject config, S3ByteSource source) {
        long length = source.length();
        if (length != config.size()) {
            throw new BackupUnusableException(
                    "The " + what + " has " + length + " bytes, expected " + config.size() + ".", HINT);
        }
        if (length > ConfigBackup.MAX_BYTES) {
            throw new BackupUnusableException(
                    "The " + what + " has " + length + " bytes, expected at most " + ConfigBackup.MAX_BYTES + ".",
                    HINT);
        }
        try (InputStream in = source.open(0, length)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw S3Faults.broken("read " + source.name(), e);
        }
    }

    private static ConfigBackup parse(String what, byte[] content) {
        try {
            return ConfigBackup.parse(what, content);
        } catch (InvalidInputException e) {
            // Without its cause, of which there is none: what is wrong is told without what stands there.
            String message = e.getMessage();
            throw new BackupUnusableException(message.substring(0, message.indexOf(" HINT: ")), HINT);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
