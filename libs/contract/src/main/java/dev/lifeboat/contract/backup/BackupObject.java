package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.List;

/**
 * One object of a backup, as the script that uploaded it measured it.
 *
 * @param key its key in the bucket
 * @param versionId its S3 version, null where the bucket has no versions
 * @param size in bytes
 * @param sha256 of the whole, 64 lower-case hexadecimal digits (never S3's composite of a multipart upload)
 * @param partSize in bytes; every part but the last has it
 * @param parts SHA-256 of each part, in order
 */
public record BackupObject(String key, String versionId, long size, String sha256, long partSize, List<String> parts) {
    /** The size of a part: 64 MiB. */
    public static final long PART_SIZE = 64L << 20;

    public BackupObject {
        Require.text("key", key);
        Require.range("size", size, 0, Long.MAX_VALUE);
        Require.range("partSize", partSize, 1, Long.MAX_VALUE);
        sha256("sha256", sha256);
        parts = Require.listOrEmpty(parts);
        parts.forEach(part -> sha256("parts", part));
        long expected = (size + partSize - 1) / partSize;
        if (parts.size() != Math.max(1, expected) && parts.size() != expected) {
            throw new InvalidInputException(
                    "Field 'parts' of '" + key + "' has " + parts.size() + " checksums, expected " + expected + " for "
                            + size + " bytes in parts of " + partSize + ".",
                    "Treat the backup as corrupt, and make a new one with scripts/aws/backup-postgres.sh.");
        }
    }

    private static void sha256(String field, String value) {
        if (!Require.text(field, value).matches("[0-9a-f]{64}")) {
            throw new InvalidInputException(
                    "Field '" + field + "' is '" + value + "', expected 64 lower-case hexadecimal digits.",
                    "Treat the backup as corrupt, and make a new one with scripts/aws/backup-postgres.sh.");
        }
    }
}
